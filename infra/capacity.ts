/**
 * Every size of a deployment, from the one number that an election office knows: how many votes a second it expects at the
 * busiest moment. AWS's limits have their sources next to them.
 */

/** A vote takes about four API requests: the post, two for its outcome, and one that CloudFront had not cached. */
const REQUESTS_PER_VOTE = 4;
const STATUS_REQUESTS_PER_VOTE = 2;
/** What follows the queue is this much faster than the expected votes, so that a backlog is worked off. */
const CATCH_UP = 2;
/** Seconds of one invocation on average, cold starts included; warm ones take a fifth of that. */
const SUBMIT_SECONDS = 0.2;
const STATUS_SECONDS = 0.1;
export const VALIDATE_SECONDS = 0.25;
/** Write units of one ballot; an item of `votes` is below 1 kB. */
export const VOTES_WRITE_UNITS = 1;
/** For rankings or thousands of regions, where hardly two ballots in a batch share a row. With 300 regions it is 0.03. */
const TALLY_WRITE_UNITS = 1;
/** An eventually consistent read of up to 4 kB. */
export const READ_UNITS = 0.5;

/** AWS's burst quota for an account's APIs in one region (API Gateway quotas, "Throttle quota per account"). */
const ACCOUNT_BURST = 5000;
/** Every on-demand table's warm throughput at no charge (DynamoDB guide, "Understanding warm throughput"). */
export const ALWAYS_WARM = { write: 4000, read: 12_000 } as const;
/** Writes a second that one partition takes; each partition has a stream shard (DynamoDB guide, "Partitions"). */
export const WRITES_PER_PARTITION = 1000;
/** Shards are replaced every few hours, and split as a table grows: a factor of two for each. */
const SHARDS_PER_PARTITION = 4;
/** AWS keeps this much of an account's concurrency unreserved (Lambda guide, "Reserved concurrency"). */
export const NEVER_RESERVED = 100;
/** Up to so many votes a second a stage reserves nothing, and so fits an account with the least that AWS gives. */
const SMALL_STAGE_VOTES = 10;
/** A new account's concurrency (Lambda guide, "Quotas": new accounts have reduced concurrency). */
const LEAST_CONCURRENCY = 10;
/** Limits of an SQS mapping's concurrency (Lambda API, ScalingConfig). */
const MAPPING_CONCURRENCY = { min: 2, max: 1000 } as const;
/** For functions behind CloudFront, which sends on a miss per path and edge location every few seconds. */
const BEHIND_CACHE = 20;
/** For functions that nobody waits for, or that a deployment or a schedule invokes. */
const SELDOM_CALLED = 5;
/** Room for this many of them. */
const SELDOM_CALLED_FUNCTIONS = 8;

/** Memory of `state-opening`: one processor (Lambda guide, "Configure Lambda function memory"). */
export const STATE_OPENING_MEGABYTES = 1769;

const atLeast = (least: number, value: number): number => Math.max(least, Math.ceil(value));

export type WarmThroughput = Readonly<{ writeUnitsPerSecond: number; readUnitsPerSecond: number }>;

/** The warm throughput to ask for, in units a second; undefined where AWS's free one is enough. */
function warm(write: number, read: number): WarmThroughput | undefined {
  if (write <= ALWAYS_WARM.write && read <= ALWAYS_WARM.read) return undefined;
  return {
    writeUnitsPerSecond: atLeast(ALWAYS_WARM.write, write),
    readUnitsPerSecond: atLeast(ALWAYS_WARM.read, read),
  };
}

/** What is known of a deployed table: the units that its template asks for, and those that it has, which grow with traffic. */
export type Warmed = Readonly<{ asked?: WarmThroughput | undefined; has?: WarmThroughput | undefined }>;

/**
 * The warm throughput that a table's template asks for. AWS refuses less than the table has (DynamoDB API, UpdateTable), and
 * changes nothing where the template stays as it was.
 */
export function warmToAsk(wanted: WarmThroughput | undefined, { asked, has }: Warmed = {}): WarmThroughput | undefined {
  if (wanted === undefined || has === undefined) return wanted ?? asked;
  const isWarmEnough =
    wanted.writeUnitsPerSecond <= has.writeUnitsPerSecond && wanted.readUnitsPerSecond <= has.readUnitsPerSecond;
  if (isWarmEnough) return asked;
  return {
    writeUnitsPerSecond: Math.max(wanted.writeUnitsPerSecond, has.writeUnitsPerSecond),
    readUnitsPerSecond: Math.max(wanted.readUnitsPerSecond, has.readUnitsPerSecond),
  };
}

export type Capacity = Readonly<{
  api: Readonly<{ requestsPerSecond: number; burst: number }>;
  /** Concurrent batches of the queue. */
  mappingConcurrency: number;
  /** A function's share of concurrency, and where it is reserved also its limit, so that none can starve another. */
  concurrencyOf(functionName: string): number;
  /** Whether the shares are reserved. */
  isReserved: boolean;
  /** The shares of all functions together. */
  reservedConcurrency: number;
  warm: Readonly<Record<"votes" | "roll" | "tallies", WarmThroughput | undefined>>;
}>;

/** The parameters that determine sizes. */
type Sizing = Readonly<{ expectedVotesPerSecond: number; validateBatchSize: number }>;

/** The sizes of a stage. */
export function capacityFor({ expectedVotesPerSecond: votes, validateBatchSize }: Sizing): Capacity {
  const decided = CATCH_UP * votes;
  const requestsPerSecond = REQUESTS_PER_VOTE * votes;
  const mappingConcurrency = Math.min(
    MAPPING_CONCURRENCY.max,
    atLeast(MAPPING_CONCURRENCY.min, (decided / validateBatchSize) * VALIDATE_SECONDS),
  );
  const partitions = atLeast(ALWAYS_WARM.write, decided * VOTES_WRITE_UNITS) / WRITES_PER_PARTITION;
  const concurrency: Readonly<Record<string, number>> = {
    submit: atLeast(10, votes * SUBMIT_SECONDS),
    "vote-status": atLeast(10, votes * STATUS_REQUESTS_PER_VOTE * STATUS_SECONDS),
    validate: mappingConcurrency,
    // One for each shard of the stream: more would idle, and with fewer, shards would wait for one another.
    tally: Math.ceil(partitions * SHARDS_PER_PARTITION),
    results: BEHIND_CACHE,
    elections: BEHIND_CACHE,
    board: BEHIND_CACHE,
    embed: BEHIND_CACHE,
    docs: SELDOM_CALLED,
    health: SELDOM_CALLED,
    "system-status": SELDOM_CALLED,
  };
  return {
    api: { requestsPerSecond, burst: Math.min(2 * requestsPerSecond, Math.max(ACCOUNT_BURST, requestsPerSecond)) },
    mappingConcurrency,
    concurrencyOf: (functionName) => concurrency[functionName] ?? SELDOM_CALLED,
    isReserved: votes > SMALL_STAGE_VOTES,
    reservedConcurrency:
      Object.values(concurrency).reduce((sum, each) => sum + each, 0) + SELDOM_CALLED_FUNCTIONS * SELDOM_CALLED,
    warm: {
      votes: warm(decided * VOTES_WRITE_UNITS, votes * STATUS_REQUESTS_PER_VOTE * READ_UNITS),
      roll: warm(0, decided * READ_UNITS),
      tallies: warm(decided * TALLY_WRITE_UNITS, 0),
    },
  };
}

/** An account's quotas in one region; AWS raises all three on request (Service Quotas). */
export type AccountQuotas = Readonly<{
  apiRequestsPerSecond: number;
  lambdaConcurrency: number;
  tableWriteUnits: number;
}>;

/** What a stage needs of each quota. */
function quotasNeeded(sizing: Sizing): AccountQuotas {
  const { api, reservedConcurrency, isReserved, warm: tables } = capacityFor(sizing);
  return {
    apiRequestsPerSecond: api.requestsPerSecond,
    lambdaConcurrency: isReserved ? reservedConcurrency + NEVER_RESERVED : LEAST_CONCURRENCY,
    tableWriteUnits: tables.votes?.writeUnitsPerSecond ?? 0,
  };
}

/** What a stage needs beyond an account's quotas, a sentence for each that is too low. */
export function missingQuotas(sizing: Sizing, quotas: AccountQuotas): readonly string[] {
  const needs = quotasNeeded(sizing);
  return (["apiRequestsPerSecond", "lambdaConcurrency", "tableWriteUnits"] as const)
    .filter((quota) => needs[quota] > quotas[quota])
    .map(
      (quota) =>
        `needs ${needs[quota]} of the account's ${quota}, which is ${quotas[quota]}: ask AWS to raise it (Service Quotas), then set accountQuotas.${quota}`,
    );
}

/** What AWS says of an account in one region. */
export type AccountLimits = Readonly<
  Pick<AccountQuotas, "lambdaConcurrency" | "tableWriteUnits"> & {
    /** Concurrency that functions outside the stage have reserved. */
    reservedByOthers?: number;
  }
>;

/** AWS's concurrency for an account of some age, and a function's memory in one that has less (Lambda guide, "Quotas"). */
const GROWN_CONCURRENCY = 1000;
const NEW_ACCOUNT_MEMORY_MEGABYTES = 3008;

type Memory = Readonly<Record<"memoryMegabytes" | "ballotMemoryMegabytes" | "recountMemoryMegabytes", number>>;

/** A limit of the account that is too low, in a sentence, and the value to ask for. */
export type Shortage = Readonly<{ of: "concurrency" | "write units" | "memory"; says: string; needs: number }>;

/** What a stage needs beyond what its account really has. */
export function beyondAccount(
  stage: Sizing & Memory,
  { lambdaConcurrency, reservedByOthers = 0, tableWriteUnits }: AccountLimits,
): readonly Shortage[] {
  const needs = quotasNeeded(stage);
  const { memoryMegabytes, ballotMemoryMegabytes, recountMemoryMegabytes } = stage;
  const memory = Math.max(memoryMegabytes, ballotMemoryMegabytes, recountMemoryMegabytes);
  const others = reservedByOthers > 0 ? `, of which others have reserved ${reservedByOthers}` : "";
  const shortages: readonly (Shortage & Readonly<{ isShort: boolean }>)[] = [
    {
      of: "concurrency",
      isShort: needs.lambdaConcurrency > lambdaConcurrency - reservedByOthers,
      needs: needs.lambdaConcurrency + reservedByOthers,
      says: `The functions need a concurrency of ${needs.lambdaConcurrency}, and the account has ${lambdaConcurrency}${others}: ask AWS to raise it, or lower expectedVotesPerSecond (up to ${SMALL_STAGE_VOTES}, ${LEAST_CONCURRENCY} are enough).`,
    },
    {
      of: "write units",
      isShort: needs.tableWriteUnits > tableWriteUnits,
      needs: needs.tableWriteUnits,
      says: `The table of votes needs ${needs.tableWriteUnits} write units a second, and the account allows ${tableWriteUnits}: ask AWS to raise it, or lower expectedVotesPerSecond.`,
    },
    {
      // AWS tells an account's memory nowhere; one that still has a new account's concurrency has its memory too.
      of: "memory",
      isShort: lambdaConcurrency < GROWN_CONCURRENCY && memory > NEW_ACCOUNT_MEMORY_MEGABYTES,
      needs: memory,
      says: `A function needs ${memory} MB of memory, and a new account, with a concurrency of ${lambdaConcurrency}, gives ${NEW_ACCOUNT_MEMORY_MEGABYTES}: ask AWS to raise both, or lower recountMemoryMegabytes and memoryMegabytes.`,
    },
  ];
  return shortages.filter(({ isShort }) => isShort);
}

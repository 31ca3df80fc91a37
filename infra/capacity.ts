/**
 * Every size of a deployment, from the one number an election office knows: how many votes a second it expects at the
 * busiest moment. Sources of AWS's limits are beside them.
 */

/** A vote asks the API about four times: the post, two looks at its outcome, and what CloudFront had not kept. */
const REQUESTS_PER_VOTE = 4;
const STATUS_REQUESTS_PER_VOTE = 2;
/** What comes after the queue works this much faster than votes are expected, so that a queue that grew also empties. */
const CATCH_UP = 2;
/** Seconds of one invocation, cold starts averaged in; warm ones take a fifth of it. */
const SUBMIT_SECONDS = 0.2;
const STATUS_SECONDS = 0.1;
export const VALIDATE_SECONDS = 0.25;
/** Write units of one ballot; an item of `votes` is below 1 kB. */
export const VOTES_WRITE_UNITS = 1;
/** Of rankings, or of thousands of regions: hardly two ballots of a batch add to the same row. With 300 regions it is 0.03. */
const TALLY_WRITE_UNITS = 1;
/** An eventually consistent read of less than 4 kB. */
export const READ_UNITS = 0.5;

/** Bursts that AWS lets through an account's APIs in one region (API Gateway quotas, "Throttle quota per account"). */
const ACCOUNT_BURST = 5000;
/** What every on-demand table is ready for at no charge (DynamoDB guide, "Understanding warm throughput"). */
export const ALWAYS_WARM = { write: 4000, read: 12_000 } as const;
/** One partition takes this many writes a second, and each has a stream shard (DynamoDB guide, "Partitions"). */
export const WRITES_PER_PARTITION = 1000;
/** Shards are replaced every few hours, tables split as they grow: twice for each. */
const SHARDS_PER_PARTITION = 4;
/** AWS keeps this much of an account's concurrency from being reserved (Lambda guide, "Reserved concurrency"). */
export const NEVER_RESERVED = 100;
/** Bounds of an SQS mapping's concurrency (Lambda API, ScalingConfig). */
const MAPPING_CONCURRENCY = { min: 2, max: 1000 } as const;
/** A function that serves whom CloudFront does not: a miss for each address and edge every few seconds, and who asks for no vote. */
const BEHIND_CACHE = 20;
/** A function that nobody waits for, or that a deployment or a clock calls. */
const SELDOM_CALLED = 5;
/** How many functions seldom called there may be. */
const SELDOM_CALLED_FUNCTIONS = 8;

const atLeast = (least: number, value: number): number => Math.max(least, Math.ceil(value));

export type WarmThroughput = Readonly<{ writeUnitsPerSecond: number; readUnitsPerSecond: number }>;

/** Units a second a table is ready for from the first second; undefined where AWS's own start is enough and costs nothing. */
function warm(write: number, read: number): WarmThroughput | undefined {
  if (write <= ALWAYS_WARM.write && read <= ALWAYS_WARM.read) return undefined;
  return {
    writeUnitsPerSecond: atLeast(ALWAYS_WARM.write, write),
    readUnitsPerSecond: atLeast(ALWAYS_WARM.read, read),
  };
}

export type Capacity = Readonly<{
  api: Readonly<{ requestsPerSecond: number; burst: number }>;
  /** Validations that the queue may ask for at once. */
  mappingConcurrency: number;
  /** Invocations at once that are kept for a function and that it cannot exceed, so that none can starve another. */
  concurrencyOf(functionName: string): number;
  /** What all functions together take of the account's concurrency. */
  reservedConcurrency: number;
  warm: Readonly<Record<"votes" | "roll" | "tallies", WarmThroughput | undefined>>;
}>;

/** The parameters that sizes follow from. */
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
    // One at a time for each shard of the stream: more would wait, fewer would let shards wait for one another.
    tally: Math.ceil(partitions * SHARDS_PER_PARTITION),
    results: BEHIND_CACHE,
    elections: BEHIND_CACHE,
    board: BEHIND_CACHE,
    docs: SELDOM_CALLED,
    health: SELDOM_CALLED,
    "system-status": SELDOM_CALLED,
  };
  return {
    api: { requestsPerSecond, burst: Math.min(2 * requestsPerSecond, Math.max(ACCOUNT_BURST, requestsPerSecond)) },
    mappingConcurrency,
    concurrencyOf: (functionName) => concurrency[functionName] ?? SELDOM_CALLED,
    reservedConcurrency:
      Object.values(concurrency).reduce((sum, each) => sum + each, 0) + SELDOM_CALLED_FUNCTIONS * SELDOM_CALLED,
    warm: {
      votes: warm(decided * VOTES_WRITE_UNITS, votes * STATUS_REQUESTS_PER_VOTE * READ_UNITS),
      roll: warm(0, decided * READ_UNITS),
      tallies: warm(decided * TALLY_WRITE_UNITS, 0),
    },
  };
}

/** What AWS allows an account in one region; all three can be raised by asking (Service Quotas). */
export type AccountQuotas = Readonly<{
  apiRequestsPerSecond: number;
  lambdaConcurrency: number;
  tableWriteUnits: number;
}>;

/** What a stage needs beyond an account's quotas, a sentence for each quota that does not suffice. */
export function missingQuotas(sizing: Sizing, quotas: AccountQuotas): readonly string[] {
  const { api, reservedConcurrency, warm: tables } = capacityFor(sizing);
  const needs = {
    apiRequestsPerSecond: api.requestsPerSecond,
    lambdaConcurrency: reservedConcurrency + NEVER_RESERVED,
    tableWriteUnits: tables.votes?.writeUnitsPerSecond ?? 0,
  } as const satisfies Record<keyof AccountQuotas, number>;
  return (["apiRequestsPerSecond", "lambdaConcurrency", "tableWriteUnits"] as const)
    .filter((quota) => needs[quota] > quotas[quota])
    .map(
      (quota) =>
        `needs ${needs[quota]} of the account's ${quota}, which is ${quotas[quota]}: have AWS raise it (Service Quotas), then set accountQuotas.${quota}`,
    );
}

import { EnglishRefusal } from "#core/english-refusal.ts";
import {
  type AccountQuotas,
  ALWAYS_WARM,
  capacityFor,
  missingQuotas,
  NEVER_RESERVED,
  VALIDATE_SECONDS,
  VOTES_WRITE_UNITS,
  WRITES_PER_PARTITION,
} from "#infra/capacity.ts";
import { PARAMETERS } from "#infra/parameters.ts";
import { OTHER_PRICES, PRICES } from "#infra/prices.ts";
import type { MeasuredUse } from "#load/cost/measured-use.ts";
import { cheapest } from "#load/cost/plans.ts";
import { arrivals, averageRate, type Demand, peakRate } from "#load/plan/demand.ts";
import { publishedUnitsPerVote, stateBytes } from "#load/plan/published-writes.ts";
import {
  longestWaitSeconds,
  type Moment,
  outcomeOf,
  type Pipeline,
  simulateQueue,
} from "#load/plan/queue-simulation.ts";
import { MAPPING_RAMP, type Quota, quotasFor } from "#load/plan/quotas.ts";
import { type Contests, tallyUnitsPerVote } from "#load/plan/tally-writes.ts";
import { dollarsFor, times } from "#load/shared/bill.ts";
import { grouped } from "#load/shared/report.ts";

/** Votes a second that are counted per shard. Assumed: a fifth of what one core of the laptop is promised to count. */
export const COUNTED_PER_SHARD = 1000;
/** Requests per vote, its post included, for the API's throttle (infra/capacity.ts). */
const REQUESTS_PER_VOTE = 4;
const SECONDS_PER_MINUTE = 60;
/** The recount reads every ballot: more than one processor above this many (docs/adr/0026-scheduled-recount.md). */
const BALLOTS_OF_ONE_PROCESSOR = 3_000_000;
const MOST_MEMORY_MEGABYTES = 10_240;
const BYTES_PER_GIGABYTE = 1e9;

export type ElectionPlan = Readonly<{
  averageRate: number;
  peakRate: number;
  quotas: readonly Quota[];
  /** What to write into config/<stage>.json. */
  settings: Readonly<Record<string, number | AccountQuotas>>;
  /** What AWS must raise before the deployment, a sentence each. */
  requests: readonly string[];
  day: Readonly<{ outcome: ReturnType<typeof outcomeOf>; moments: readonly Moment[] }>;
  drainSeconds: number;
  /** Seconds from a vote's acceptance to its validation at the worst moment. */
  longestWaitSeconds: number;
  /** DynamoDB write units per vote: its ballot, and its share of what counting and showing the counts write. */
  writeUnitsPerVote: number;
  /** Those of them that showing the counts in steps takes. */
  publishedUnitsPerVote: number;
  prices: readonly (readonly [what: string, dollars: number])[];
  /** What is cheapest for the part of it at the edge, in a month without other voters. */
  edge: ReturnType<typeof cheapest>;
}>;

const TALLY_WINDOW_SECONDS = PARAMETERS.tallyBatchWindowSeconds.parse(undefined);
export const VALIDATE_BATCH = PARAMETERS.validateBatchSize.parse(undefined);
export const DEFAULT_QUOTAS: AccountQuotas = PARAMETERS.accountQuotas.parse(undefined);
const MOST_VOTES_PER_SECOND = 20_000;

type Sizes = ReturnType<typeof capacityFor>;

function pipelineOf({ api, mappingConcurrency, warm }: Sizes): Pipeline {
  const writes = warm.votes?.writeUnitsPerSecond ?? ALWAYS_WARM.write;
  return {
    admittedPerSecond: api.requestsPerSecond / REQUESTS_PER_VOTE,
    decidedPerValidation: VALIDATE_BATCH / VALIDATE_SECONDS,
    validations: {
      first: MAPPING_RAMP.first,
      morePerSecond: MAPPING_RAMP.morePerMinute / SECONDS_PER_MINUTE,
      most: mappingConcurrency,
    },
    storedPerSecond: writes,
    countedPerSecond: Math.ceil(writes / WRITES_PER_PARTITION) * COUNTED_PER_SHARD,
  };
}

/** What the sizes need, and no less than AWS gives anyway. */
function quotasToHave({ api, reservedConcurrency, warm }: Sizes): AccountQuotas {
  return {
    apiRequestsPerSecond: Math.max(DEFAULT_QUOTAS.apiRequestsPerSecond, api.requestsPerSecond),
    lambdaConcurrency: Math.max(DEFAULT_QUOTAS.lambdaConcurrency, reservedConcurrency + NEVER_RESERVED),
    tableWriteUnits: Math.max(DEFAULT_QUOTAS.tableWriteUnits, warm.votes?.writeUnitsPerSecond ?? 0),
  };
}

function pricesFor(
  { votes }: Demand,
  voters: number,
  use: MeasuredUse,
  tableWriteUnit: number,
): ElectionPlan["prices"] {
  const storedGigabytes = (use.storedBytesPerVote * votes) / BYTES_PER_GIGABYTE;
  const voter = { ...use.perVoter, tableWriteUnit };
  return [
    ["the voters: page, vote, one look at the outcome, one at results", dollarsFor(times(voter, votes))],
    ["importing the roll, a write and a read for each voter", voters * (PRICES.tableWriteUnit + PRICES.tableReadUnit)],
    [
      "storage with backup, a month",
      storedGigabytes * (OTHER_PRICES.tableGigabyteMonth + OTHER_PRICES.backupGigabyteMonth),
    ],
  ];
}

/** Votes a second to size for: the peak, rounded up to two digits, as an officer would write it. */
export function sizeFor(peak: number): number {
  const step = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, peak))) - 1);
  return Math.max(1, Math.ceil(peak / step) * step);
}

/** Throws Refusal when the peak is more than one stage can take. */
export function planElection(demand: Demand, voters: number, contests: Contests, use: MeasuredUse): ElectionPlan {
  const expectedVotesPerSecond = sizeFor(peakRate(demand));
  if (expectedVotesPerSecond > MOST_VOTES_PER_SECOND) {
    const [size, most] = [expectedVotesPerSecond, MOST_VOTES_PER_SECOND].map(grouped);
    throw new EnglishRefusal(
      `${size} votes in the busiest second are more than one stage takes (${most}): open the polls for longer, or divide the election by regions into several stages.`,
    );
  }
  const sizing = { expectedVotesPerSecond, validateBatchSize: VALIDATE_BATCH };
  const sizes = capacityFor(sizing);
  const requests = missingQuotas(sizing, DEFAULT_QUOTAS);
  const pipeline = pipelineOf(sizes);
  const perSecond = arrivals(demand);
  const moments = simulateQueue(perSecond, pipeline);
  const outcome = outcomeOf(moments);
  const tallyUnits = tallyUnitsPerVote(perSecond, contests, pipeline.storedPerSecond);
  // No less than was measured, since the measurement includes every other write.
  const votesAndCounts = Math.max(use.perVote.tableWriteUnit, VOTES_WRITE_UNITS + tallyUnits);
  const publishedUnits = publishedUnitsPerVote(perSecond, stateBytes(contests, demand.votes));
  const writeUnitsPerVote = votesAndCounts + publishedUnits;
  return {
    averageRate: averageRate(demand),
    peakRate: peakRate(demand),
    quotas: quotasFor(expectedVotesPerSecond, VALIDATE_BATCH, DEFAULT_QUOTAS, contests),
    settings: {
      expectedVotesPerSecond,
      ...(demand.votes > BALLOTS_OF_ONE_PROCESSOR && { recountMemoryMegabytes: MOST_MEMORY_MEGABYTES }),
      ...(requests.length > 0 && { accountQuotas: quotasToHave(sizes) }),
    },
    requests,
    day: { outcome, moments },
    // The last batch waits its whole window.
    drainSeconds: Math.max(0, outcome.lastCountAtSecond + 1 - perSecond.length) + TALLY_WINDOW_SECONDS,
    longestWaitSeconds: longestWaitSeconds(moments),
    writeUnitsPerVote,
    publishedUnitsPerVote: publishedUnits,
    prices: pricesFor(demand, voters, use, writeUnitsPerVote),
    edge: cheapest(use.perVoter, demand.votes),
  };
}

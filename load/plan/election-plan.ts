import {
  type AccountQuotas,
  ALWAYS_WARM,
  capacityFor,
  missingQuotas,
  VALIDATE_SECONDS,
  VOTES_WRITE_UNITS,
  WRITES_PER_PARTITION,
} from "#infra/capacity.ts";
import { PARAMETERS } from "#infra/parameters.ts";
import { OTHER_PRICES, PRICES } from "#infra/prices.ts";
import type { MeasuredUse } from "#load/cost/measured-use.ts";
import { arrivals, averageRate, type Demand, peakRate } from "#load/plan/demand.ts";
import {
  longestWaitSeconds,
  type Moment,
  type Outcome,
  outcomeOf,
  type Pipeline,
  simulateQueue,
} from "#load/plan/queue-simulation.ts";
import { MAPPING_RAMP, type Quota, quotasFor } from "#load/plan/quotas.ts";
import { type Contests, tallyUnitsPerVote } from "#load/plan/tally-writes.ts";
import { dollarsFor, times } from "#load/shared/bill.ts";

/** What an election needs, from the number of its voters, its hours, its peak and its contests. */

/** Votes a second that one count of a shard takes. Assumed: a tenth of what one core of the laptop is to count. */
export const COUNTED_PER_SHARD = 1000;
/** Requests of a vote beside its own post, for the API's throttle (infra/capacity.ts). */
const REQUESTS_PER_VOTE = 4;
const SECONDS_PER_MINUTE = 60;
/** The recount reads every ballot: more than one processor above this many (docs/adr/0026-scheduled-recount.md). */
const BALLOTS_OF_ONE_PROCESSOR = 3_000_000;
const MOST_MEMORY_MEGABYTES = 10_240;
const BYTES_PER_GIGABYTE = 1e9;

export type Day = Readonly<{ outcome: Outcome; moments: readonly Moment[] }>;

export type ElectionPlan = Readonly<{
  averageRate: number;
  peakRate: number;
  quotas: readonly Quota[];
  /** What to write into config/<stage>.json. */
  settings: Readonly<Record<string, number | AccountQuotas>>;
  /** What AWS must raise before the deployment, a sentence each. */
  requests: readonly string[];
  day: Day;
  /** Seconds from the closing to the last count. */
  drainSeconds: number;
  /** Seconds that a vote waits at the worst moment, from its acceptance to its validation. */
  longestWaitSeconds: number;
  /** DynamoDB write units of one vote: its ballot, and its share of what counting writes. */
  writeUnitsPerVote: number;
  prices: readonly (readonly [what: string, dollars: number])[];
}>;

const TALLY_WINDOW_SECONDS = PARAMETERS.tallyBatchWindowSeconds.parse(undefined);
export const VALIDATE_BATCH = PARAMETERS.validateBatchSize.parse(undefined);
export const DEFAULT_QUOTAS: AccountQuotas = PARAMETERS.accountQuotas.parse(undefined);
export const MOST_VOTES_PER_SECOND = 20_000;

/** The pipeline of a stage that expects so many votes a second, as AWS lets it run. */
export function pipelineFor(expectedVotesPerSecond: number): Pipeline {
  const sizes = capacityFor({ expectedVotesPerSecond, validateBatchSize: VALIDATE_BATCH });
  const writes = sizes.warm.votes?.writeUnitsPerSecond ?? ALWAYS_WARM.write;
  return {
    admittedPerSecond: sizes.api.requestsPerSecond / REQUESTS_PER_VOTE,
    decidedPerValidation: VALIDATE_BATCH / VALIDATE_SECONDS,
    validations: {
      first: MAPPING_RAMP.first,
      morePerSecond: MAPPING_RAMP.morePerMinute / SECONDS_PER_MINUTE,
      most: sizes.mappingConcurrency,
    },
    storedPerSecond: writes,
    countedPerSecond: Math.ceil(writes / WRITES_PER_PARTITION) * COUNTED_PER_SHARD,
  };
}

/** Accounts need as much as the plan says, and no less than AWS gives anyway. */
function quotasToHave(expectedVotesPerSecond: number, contests: Contests): AccountQuotas {
  const sizing = { expectedVotesPerSecond, validateBatchSize: VALIDATE_BATCH };
  const sizes = capacityFor(sizing);
  const needed = quotasFor(expectedVotesPerSecond, VALIDATE_BATCH, DEFAULT_QUOTAS, contests);
  const lambda = needed.find(({ name }) => name === "Lambda, invocations at once")?.needs ?? 0;
  return {
    apiRequestsPerSecond: Math.max(DEFAULT_QUOTAS.apiRequestsPerSecond, sizes.api.requestsPerSecond),
    lambdaConcurrency: Math.max(DEFAULT_QUOTAS.lambdaConcurrency, Math.ceil(lambda)),
    tableWriteUnits: Math.max(DEFAULT_QUOTAS.tableWriteUnits, sizes.warm.votes?.writeUnitsPerSecond ?? 0),
  };
}

function settingsFor(votes: number, expectedVotesPerSecond: number, contests: Contests, requests: readonly string[]) {
  return {
    expectedVotesPerSecond,
    ...(votes > BALLOTS_OF_ONE_PROCESSOR && { recountMemoryMegabytes: MOST_MEMORY_MEGABYTES }),
    ...(requests.length > 0 && { accountQuotas: quotasToHave(expectedVotesPerSecond, contests) }),
  };
}

function pricesFor(
  { votes }: Demand,
  voters: number,
  use: MeasuredUse,
  tableWriteUnit: number,
): ElectionPlan["prices"] {
  const gigabytes = (bytes: number): number => (bytes * votes) / BYTES_PER_GIGABYTE;
  return [
    ["the votes", dollarsFor(times({ ...use.perVote, tableWriteUnit }, votes))],
    ["one look at its outcome for each", dollarsFor(times(use.perPoll, votes))],
    ["importing the roll, a write and a read for each voter", voters * (PRICES.tableWriteUnit + PRICES.tableReadUnit)],
    ["firewall, two requests for each vote", 2 * votes * OTHER_PRICES.firewallRequest],
    ["logs of the functions", gigabytes(use.logBytesPerVote) * OTHER_PRICES.logGigabyte],
    [
      "storage with backup, a month",
      gigabytes(use.storedBytesPerVote) * (OTHER_PRICES.tableGigabyteMonth + OTHER_PRICES.backupGigabyteMonth),
    ],
  ];
}

/** Votes a second to size for: the peak, rounded up to two digits, as an officer would write it. */
export function sizeFor(peak: number): number {
  const step = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, peak))) - 1);
  return Math.max(1, Math.ceil(peak / step) * step);
}

/** Throws RangeError when the peak is more than one stage takes. */
export function planElection(demand: Demand, voters: number, contests: Contests, use: MeasuredUse): ElectionPlan {
  const peak = peakRate(demand);
  const expectedVotesPerSecond = sizeFor(peak);
  if (expectedVotesPerSecond > MOST_VOTES_PER_SECOND) throw new RangeError("more than one stage takes");
  const sizing = { expectedVotesPerSecond, validateBatchSize: VALIDATE_BATCH };
  const requests = missingQuotas(sizing, DEFAULT_QUOTAS);
  const pipeline = pipelineFor(expectedVotesPerSecond);
  const perSecond = arrivals(demand);
  const moments: Moment[] = [];
  const tallyUnits = tallyUnitsPerVote(perSecond, contests, pipeline.storedPerSecond);
  // No less than was measured, where everything that is written was counted.
  const writeUnitsPerVote = Math.max(use.perVote.tableWriteUnit, VOTES_WRITE_UNITS + tallyUnits);
  const outcome = outcomeOf(simulateQueue(perSecond, pipeline), (moment) => moments.push(moment));
  return {
    averageRate: averageRate(demand),
    peakRate: peak,
    quotas: quotasFor(expectedVotesPerSecond, VALIDATE_BATCH, DEFAULT_QUOTAS, contests),
    settings: settingsFor(demand.votes, expectedVotesPerSecond, contests, requests),
    requests,
    day: { outcome, moments },
    // The last batch waits for company that does not come.
    drainSeconds: Math.max(0, outcome.lastCountAtSecond + 1 - perSecond.length) + TALLY_WINDOW_SECONDS,
    longestWaitSeconds: longestWaitSeconds(moments),
    writeUnitsPerVote,
    prices: pricesFor(demand, voters, use, writeUnitsPerVote),
  };
}

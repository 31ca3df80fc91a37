import {
  type AccountQuotas,
  ALWAYS_WARM,
  capacityFor,
  NEVER_RESERVED,
  VALIDATE_SECONDS,
  WRITES_PER_PARTITION,
} from "#infra/capacity.ts";
import { PARAMETERS } from "#infra/parameters.ts";
import { type Contests, rowsTouched } from "#load/plan/tally-writes.ts";

/** Every AWS quota that an election can reach, what AWS gives, and what this election needs. */

/** ask: AWS raises it on request; set: one of our parameters; wait: nobody can raise it, and votes wait. */
export type Remedy = Readonly<{ kind: "ask" | "set" | "wait"; how: string }>;

const ask = (how: string): Remedy => ({ kind: "ask", how });
const set = (how: string): Remedy => ({ kind: "set", how });
const wait = (how: string): Remedy => ({ kind: "wait", how });

const SOURCES = {
  "HTTP API, requests of the account": "API Gateway guide, Quotas: throttle per account and region",
  "Lambda, invocations at once": "Lambda guide, Quotas: concurrent executions",
  "Lambda, new environments of submit": "Lambda guide, Lambda scaling behavior",
  "SQS to Lambda, validations at once": "Lambda guide, Configuring scaling behavior for SQS event source mappings",
  "SQS, messages being worked on": "SQS guide, Message quotas",
  "DynamoDB, writes a new table of votes takes": "DynamoDB guide, Understanding warm throughput",
  "DynamoDB, reads a new table of the roll takes": "DynamoDB guide, Understanding warm throughput",
  "DynamoDB, writes of one table": "DynamoDB guide, Quotas: per-table throughput, on-demand",
  "DynamoDB, writes of one partition: a tally sheet": "DynamoDB guide, Partitions and data distribution",
  "DynamoDB stream, readers of a shard": "DynamoDB guide, Reading and processing a stream",
  "KMS, uses of keys": "KMS guide, Request quotas; SQS and DynamoDB keep a key for 5 minutes",
  "Secrets Manager, reads at a cold start": "Secrets Manager guide, Quotas: GetSecretValue",
  "CloudFront, requests of the distribution": "CloudFront guide, Quotas",
} as const;
type Name = keyof typeof SOURCES;

const REMEDIES: Readonly<Record<Name, Remedy>> = {
  "HTTP API, requests of the account": ask("API Gateway, Throttle rate"),
  "Lambda, invocations at once": ask("AWS Lambda, Concurrent executions"),
  "Lambda, new environments of submit": wait("voters try again meanwhile"),
  "SQS to Lambda, validations at once": set("raise validateBatchSize, with validateBatchWindowSeconds of 1 or more"),
  "SQS, messages being worked on": ask("Amazon SQS, support case"),
  "DynamoDB, writes a new table of votes takes": set("expectedVotesPerSecond warms the table"),
  "DynamoDB, reads a new table of the roll takes": set("expectedVotesPerSecond warms the table"),
  "DynamoDB, writes of one table": ask("DynamoDB, Table-level write throughput limit"),
  "DynamoDB, writes of one partition: a tally sheet": set(
    "a longer tallyBatchWindowSeconds: fuller batches write the same tallies less often",
  ),
  "DynamoDB stream, readers of a shard": wait("ballots wait in the stream for 24 h"),
  "KMS, uses of keys": ask("AWS KMS, Cryptographic operations (symmetric) request rate"),
  "Secrets Manager, reads at a cold start": wait("functions try again"),
  "CloudFront, requests of the distribution": ask("Amazon CloudFront, Requests per second per distribution"),
};

export type Quota = Readonly<{
  name: Name;
  needs: number;
  gives: number;
  /** `/s`, or nothing for a plain count. */
  unit: string;
  /** How the need was computed, where that is not obvious. */
  note: string;
  source: string;
  remedy: Remedy;
}>;

const perSecond = (name: Name, needs: number, gives: number, note = ""): Quota => ({
  ...count(name, needs, gives, note),
  unit: "/s",
});

function count(name: Name, needs: number, gives: number, note = ""): Quota {
  return { name, needs, gives, unit: "", note, source: SOURCES[name], remedy: REMEDIES[name] };
}

/** A function gets this many more environments every 10 s (Lambda guide, "Lambda scaling behavior"). */
const ENVIRONMENTS_PER_RAMP = 1000;
const RAMP_SECONDS = 10;
/** An SQS mapping begins with this many batches at once, and adds this many a minute (Lambda guide, "Configuring scaling behavior for SQS event source mappings"). */
export const MAPPING_RAMP = { first: 5, morePerMinute: 300, most: 1000 } as const;
const SECONDS_PER_MINUTE = 60;
/** Messages of a standard queue that may be in flight. */
const IN_FLIGHT = 120_000;
const TALLY_BATCH = PARAMETERS.tallyBatchSize.parse(undefined);
const TALLY_WINDOW_SECONDS = PARAMETERS.tallyBatchWindowSeconds.parse(undefined);
/** Functions that may read a shard concurrently without being throttled. */
const READERS_PER_SHARD = 2;
/** The lowest quota of any region for symmetric keys; some have twenty times as much. */
const KMS_PER_SECOND = 5500;
/** SQS and DynamoDB ask for a key this often for each caller. */
const KEY_KEPT_SECONDS = 300;
const CDN_PER_SECOND = 250_000;
/** All requests for one vote: those that the API is sized for, and the site's files. */
const CDN_REQUESTS_PER_VOTE = 15;
/** A cold environment reads at most two secrets for each election. */
const SECRETS_PER_SECOND = 10_000;
const SECRETS_PER_COLD_START = 4;

/** @param peak votes a second in the busiest second @param batchSize messages of a validation */
export function quotasFor(
  peak: number,
  batchSize: number,
  account: AccountQuotas,
  { choices, isRanked }: Contests,
): readonly Quota[] {
  const votes = Math.ceil(peak);
  const sizes = capacityFor({ expectedVotesPerSecond: votes, validateBatchSize: batchSize });
  const [submits, validations] = [sizes.concurrencyOf("submit"), sizes.concurrencyOf("validate")];
  const writes = sizes.warm.votes?.writeUnitsPerSecond ?? ALWAYS_WARM.write;
  const reads = sizes.warm.roll?.readUnitsPerSecond ?? ALWAYS_WARM.read;
  const rampSeconds = (Math.max(0, validations - MAPPING_RAMP.first) / MAPPING_RAMP.morePerMinute) * SECONDS_PER_MINUTE;
  const partitions = Math.ceil(writes / WRITES_PER_PARTITION);
  // A shard is counted once its window is over, or sooner when its batch is full.
  const countedInShard = (2 * votes) / partitions;
  const batchesOfShard = Math.max(1 / TALLY_WINDOW_SECONDS, countedInShard / TALLY_BATCH);
  // A batch adds to a sheet once, but to each ranking of a contest.
  const rowsOfSheet = isRanked ? rowsTouched(choices, countedInShard / batchesOfShard) : 1;
  const environments = submits + validations + sizes.concurrencyOf("tally") + sizes.concurrencyOf("vote-status");
  const warmth = sizes.warm.votes === undefined ? "as every table" : "warmed by the deployment";
  const toSubmit = `in ${RAMP_SECONDS} s; all are there after ${Math.ceil((submits / ENVIRONMENTS_PER_RAMP) * RAMP_SECONDS)} s`;
  const ofSheet = `all votes on one sheet${isRanked ? `, of ${choices} rankings` : ""}, counted in ${partitions} shards`;
  const shards = `each of about ${partitions} shards, counted one batch at a time`;
  const toValidate = `there after ${Math.ceil(rampSeconds)} s of ramp`;
  const validating = ((2 * votes) / batchSize) * VALIDATE_SECONDS;
  const sheetWrites = partitions * batchesOfShard * rowsOfSheet;
  const secretReads = (submits / RAMP_SECONDS) * SECRETS_PER_COLD_START;
  const keyUses = (environments * 2) / KEY_KEPT_SECONDS;
  const requests = votes * CDN_REQUESTS_PER_VOTE;
  return [
    perSecond("HTTP API, requests of the account", sizes.api.requestsPerSecond, account.apiRequestsPerSecond),
    count("Lambda, invocations at once", sizes.reservedConcurrency + NEVER_RESERVED, account.lambdaConcurrency),
    count("Lambda, new environments of submit", submits, ENVIRONMENTS_PER_RAMP, toSubmit),
    count("SQS to Lambda, validations at once", validating, MAPPING_RAMP.most, toValidate),
    count("SQS, messages being worked on", validations * batchSize, IN_FLIGHT),
    perSecond("DynamoDB, writes a new table of votes takes", 2 * votes, writes, warmth),
    perSecond("DynamoDB, reads a new table of the roll takes", votes, reads),
    perSecond("DynamoDB, writes of one table", writes, account.tableWriteUnits),
    perSecond("DynamoDB, writes of one partition: a tally sheet", sheetWrites, WRITES_PER_PARTITION, ofSheet),
    count("DynamoDB stream, readers of a shard", 1, READERS_PER_SHARD, shards),
    perSecond("KMS, uses of keys", keyUses, KMS_PER_SECOND, "if each environment asked for itself"),
    perSecond("Secrets Manager, reads at a cold start", secretReads, SECRETS_PER_SECOND),
    perSecond("CloudFront, requests of the distribution", requests, CDN_PER_SECOND, "the site's files included"),
  ];
}

export function falls({ gives, needs }: Quota): boolean {
  return needs > gives;
}

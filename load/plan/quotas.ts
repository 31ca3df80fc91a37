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

/** Every quota of AWS that an election can meet, what AWS gives, and what this election needs of it. */

export type Quota = Readonly<{
  name: string;
  gives: number;
  needs: number;
  /** `/s`, or nothing for a plain count. */
  unit: string;
  /** How the need was reckoned, where it is not plain. */
  note?: string;
  /** Where AWS says so. */
  source: string;
  /** What becomes of it when it is not enough. */
  remedy: Remedy;
}>;

/** ask: AWS raises it on request; set: a parameter of ours sees to it; wait: nobody can raise it, and votes wait. */
export type Remedy = Readonly<{ kind: "ask" | "set" | "wait"; how: string }>;

/** A function gets this many more environments every 10 s (Lambda guide, "Lambda scaling behavior"). */
const ENVIRONMENTS_PER_RAMP = 1000;
export const RAMP_SECONDS = 10;
/** An SQS mapping begins with this many batches at once, and adds this many a minute (Lambda guide, "Configuring scaling behavior for SQS event source mappings"). */
export const MAPPING_RAMP = { first: 5, morePerMinute: 300, most: 1000 } as const;
const SECONDS_PER_MINUTE = 60;
/** Messages that a standard queue lets be worked on at once (SQS guide, "Amazon SQS message quotas"). */
const IN_FLIGHT = 120_000;
const TALLY_BATCH = PARAMETERS.tallyBatchSize.parse(undefined);
const TALLY_WINDOW_SECONDS = PARAMETERS.tallyBatchWindowSeconds.parse(undefined);
/** Functions that may read one shard at once without being slowed (DynamoDB guide, "Reading and processing a stream"). */
const READERS_PER_SHARD = 2;
/** The lowest that any region has for symmetric keys (KMS guide, "Request quotas"); some have twenty times as much. */
const KMS_PER_SECOND = 5500;
/** SQS and DynamoDB ask for a key once in this time for each caller (KMS sections of their guides). */
const KEY_KEPT_SECONDS = 300;
/** Requests a second of one distribution (CloudFront guide, "Quotas"). */
const CDN_PER_SECOND = 250_000;
/** Requests of all kinds for one vote, as the API is sized, and the site's own files beside. */
const CDN_REQUESTS_PER_VOTE = 15;
/** GetSecretValue calls (Secrets Manager guide, "Quotas"). Each cold environment reads at most two for each election. */
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
  const reads = Math.max(sizes.warm.roll?.readUnitsPerSecond ?? 0, sizes.warm.votes?.readUnitsPerSecond ?? 0);
  const isWarmed = sizes.warm.votes !== undefined;
  const rampSeconds = (Math.max(0, validations - MAPPING_RAMP.first) / MAPPING_RAMP.morePerMinute) * SECONDS_PER_MINUTE;
  const partitions = Math.ceil(writes / WRITES_PER_PARTITION);
  // A shard is counted once its window is over, or sooner when its batch is full.
  const countedInShard = (2 * votes) / partitions;
  const batchesOfShard = Math.max(1 / TALLY_WINDOW_SECONDS, countedInShard / TALLY_BATCH);
  // A batch adds to a sheet once, but to each ranking of a contest.
  const rowsOfSheet = isRanked ? rowsTouched(choices, countedInShard / batchesOfShard) : 1;
  return [
    {
      name: "HTTP API, requests of the account",
      gives: account.apiRequestsPerSecond,
      needs: sizes.api.requestsPerSecond,
      unit: "/s",
      source: "API Gateway guide, Quotas: throttle per account and region",
      remedy: { kind: "ask", how: "API Gateway, Throttle rate" },
    },
    {
      name: "Lambda, invocations at once",
      gives: account.lambdaConcurrency,
      needs: sizes.reservedConcurrency + NEVER_RESERVED,
      unit: "",
      source: "Lambda guide, Quotas: concurrent executions",
      remedy: { kind: "ask", how: "AWS Lambda, Concurrent executions" },
    },
    {
      name: "Lambda, new environments of submit",
      gives: ENVIRONMENTS_PER_RAMP,
      needs: submits,
      unit: "",
      note: `in ${RAMP_SECONDS} s`,
      source: "Lambda guide, Lambda scaling behavior",
      remedy: {
        kind: "wait",
        how: `voters try again until ${Math.ceil((submits / ENVIRONMENTS_PER_RAMP) * RAMP_SECONDS)} s have passed`,
      },
    },
    {
      name: "SQS to Lambda, validations at once",
      gives: MAPPING_RAMP.most,
      needs: ((2 * votes) / batchSize) * VALIDATE_SECONDS,
      unit: "",
      note: `there after ${Math.ceil(rampSeconds)} s of ramp`,
      source: "Lambda guide, Configuring scaling behavior for SQS event source mappings",
      remedy: { kind: "set", how: "raise validateBatchSize, with validateBatchWindowSeconds of 1 or more" },
    },
    {
      name: "SQS, messages being worked on",
      gives: IN_FLIGHT,
      needs: validations * batchSize,
      unit: "",
      source: "SQS guide, Message quotas",
      remedy: { kind: "ask", how: "Amazon SQS, support case" },
    },
    {
      name: "DynamoDB, writes a new table of votes takes",
      gives: isWarmed ? writes : ALWAYS_WARM.write,
      needs: 2 * votes,
      unit: "/s",
      note: isWarmed ? "warmed by the deployment" : "as every table",
      source: "DynamoDB guide, Understanding warm throughput",
      remedy: { kind: "set", how: "expectedVotesPerSecond warms the table" },
    },
    {
      name: "DynamoDB, reads a new table of the roll takes",
      gives: Math.max(reads, ALWAYS_WARM.read),
      needs: votes,
      unit: "/s",
      source: "DynamoDB guide, Understanding warm throughput",
      remedy: { kind: "set", how: "expectedVotesPerSecond warms the table" },
    },
    {
      name: "DynamoDB, writes of one table",
      gives: account.tableWriteUnits,
      needs: writes,
      unit: "/s",
      source: "DynamoDB guide, Quotas: per-table throughput, on-demand",
      remedy: { kind: "ask", how: "DynamoDB, Table-level write throughput limit" },
    },
    {
      name: "DynamoDB, writes of one partition: a tally sheet",
      gives: WRITES_PER_PARTITION,
      needs: partitions * batchesOfShard * rowsOfSheet,
      unit: "/s",
      note: `all votes on one sheet${isRanked ? `, of ${choices} rankings` : ""}, counted in ${partitions} shards`,
      source: "DynamoDB guide, Partitions and data distribution",
      remedy: {
        kind: "set",
        how: "a longer tallyBatchWindowSeconds: fuller batches write the same tallies less often",
      },
    },
    {
      name: "DynamoDB stream, readers of a shard",
      gives: READERS_PER_SHARD,
      needs: 1,
      unit: "",
      note: `each of about ${partitions} shards, counted one batch at a time`,
      source: "DynamoDB guide, Reading and processing a stream",
      remedy: { kind: "wait", how: "ballots wait in the stream for 24 h" },
    },
    {
      name: "KMS, uses of keys",
      gives: KMS_PER_SECOND,
      needs:
        ((submits + validations + sizes.concurrencyOf("tally") + sizes.concurrencyOf("vote-status")) * 2) /
        KEY_KEPT_SECONDS,
      unit: "/s",
      note: "if each environment asked for itself",
      source: "KMS guide, Request quotas; SQS and DynamoDB keep a key for 5 minutes",
      remedy: { kind: "ask", how: "AWS KMS, Cryptographic operations (symmetric) request rate" },
    },
    {
      name: "Secrets Manager, reads at a cold start",
      gives: SECRETS_PER_SECOND,
      needs: (submits / RAMP_SECONDS) * SECRETS_PER_COLD_START,
      unit: "/s",
      source: "Secrets Manager guide, Quotas: GetSecretValue",
      remedy: { kind: "wait", how: "functions try again" },
    },
    {
      name: "CloudFront, requests of the distribution",
      gives: CDN_PER_SECOND,
      needs: votes * CDN_REQUESTS_PER_VOTE,
      unit: "/s",
      note: "the site's files included",
      source: "CloudFront guide, Quotas",
      remedy: { kind: "ask", how: "Amazon CloudFront, Requests per second per distribution" },
    },
  ];
}

/** Whether AWS gives less than is needed. */
export function falls({ gives, needs }: Quota): boolean {
  return needs > gives;
}

/** Table keys: how the parts of a key become one string and back. Round-trip properties in test/core/keys.test.ts. */

const SEPARATOR = "#";

/** DynamoDB stream sequence numbers have at most 40 digits; padded to 40 they sort as strings. */
export const SEQUENCE_NUMBER_DIGITS = 40;

/** A sequence number that compares as a string the way it compares as a number. */
export function padSequenceNumber(sequenceNumber: string): string {
  return sequenceNumber.padStart(SEQUENCE_NUMBER_DIGITS, "0");
}

/** Partition key of a contest's tally rows. */
export function contestKey(electionId: string, regionId: string): string {
  return `${electionId}${SEPARATOR}${regionId}`;
}

/** Sort key of a tally row: the stream shard that counts, and what it counts. */
export function tallyRowKey(shardId: string, counted: string): string {
  return `${shardId}${SEPARATOR}${counted}`;
}

/** What a tally row counts: a selection as written by writeSelection, or SPOILED. */
export function countedIn(rowKey: string): string {
  return rowKey.slice(rowKey.indexOf(SEPARATOR) + 1);
}

/** Refused attempts of one election spread over this many partitions, so that a flood of them meets no partition limit. */
export const REVIEW_BUCKETS = 16;

/** Partition key of the review row of a voter's hash. Hashes are uniform, so any character spreads them. */
export function reviewBucketKey(electionId: string, hash: string): string {
  return `${electionId}${SEPARATOR}${hash.charCodeAt(0) % REVIEW_BUCKETS}`;
}

/** Partition keys of all review rows of an election. */
export function reviewBucketKeys(electionId: string): readonly string[] {
  return Array.from({ length: REVIEW_BUCKETS }, (_, bucket) => `${electionId}${SEPARATOR}${bucket}`);
}

/** The outcomes that go to review. */
export const REVIEW_OUTCOMES = ["duplicate", "unknown-credentials", "wrong-region"] as const;
export type ReviewOutcome = (typeof REVIEW_OUTCOMES)[number];

/** Sort key of a review row: one row per voter's hash and outcome. */
export function reviewRowKey(hash: string, outcome: ReviewOutcome): string {
  return `${hash}${SEPARATOR}${outcome}`;
}

/** Prefix of all review rows of a hash. */
export function reviewRowPrefix(hash: string): string {
  return `${hash}${SEPARATOR}`;
}

/** The voter's hash in a review row's key. */
export function hashOf(rowKey: string): string {
  return rowKey.slice(0, rowKey.lastIndexOf(SEPARATOR));
}

/** The outcome in a review row's key; undefined for a key that reviewRowKey did not write. */
export function outcomeOf(rowKey: string): ReviewOutcome | undefined {
  const text = rowKey.slice(rowKey.lastIndexOf(SEPARATOR) + 1);
  return REVIEW_OUTCOMES.find((outcome) => outcome === text);
}

/** Partition key of what is counted or paced under a mark, or under two marks together, of guessing. */
export function guessRowKey(electionId: string, place: string): string {
  return `${electionId}${SEPARATOR}${place}`;
}

/** Partition key of the list of those who are limited within an hour. No mark looks like an hour. */
export function guessListKey(electionId: string, window: string): string {
  return `${electionId}${SEPARATOR}${window}`;
}

/**
 * Sort key of a board row: when it was posted, in milliseconds since 1970, then where the shard stood. Rows sort by time until
 * the year 2286, when a millisecond takes a 14th digit.
 */
export function boardRowKey(postedMs: number, place: string): string {
  return `${String(Math.max(0, postedMs)).padStart(13, "0")}${SEPARATOR}${place}`;
}

/** Above every board row: a colon comes after the digits. */
export const BOARD_ROW_END = ":";

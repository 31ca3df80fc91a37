import { STRIKES } from "#core/strike.ts";

/** Codecs of table keys. Round-trip properties in test/storage/keys.test.ts. */

const SEPARATOR = "#";

/** DynamoDB stream sequence numbers have at most 40 digits; padded to 40 they sort as strings. */
export const SEQUENCE_NUMBER_DIGITS = 40;

/** A sequence number that sorts as a string. */
export function padSequenceNumber(sequenceNumber: string): string {
  return sequenceNumber.padStart(SEQUENCE_NUMBER_DIGITS, "0");
}

/** A contest's name, unique among all elections. */
export function contestKey(electionId: string, regionId: string): string {
  return `${electionId}${SEPARATOR}${regionId}`;
}

/** Changes whenever the place of any count changes: counts of another layout are neither read nor added to. */
const LAYOUT = "v1";

/** Partition key of a tally sheet's rows. */
export function sheetKey(electionId: string, sheet: string): string {
  return [electionId, LAYOUT, sheet].join(SEPARATOR);
}

/** The election in a tally sheet's key; undefined for a sheet of another layout. */
export function electionOf(key: string): string | undefined {
  const [electionId, layout, sheet] = key.split(SEPARATOR);
  return layout === LAYOUT && sheet !== undefined ? electionId : undefined;
}

/** Sort key of a tally row: the stream shard, and what the row counts alone; empty when it counts many things. */
export function tallyRowKey(shardId: string, alone: string): string {
  return `${shardId}${SEPARATOR}${alone}`;
}

/** What a tally row counts alone; empty when it counts many things. */
export function aloneIn(rowKey: string): string {
  return rowKey.slice(rowKey.indexOf(SEPARATOR) + 1);
}

/** Attribute of a tally row with one count, of a region and a selection as writeSelection writes it, or SPOILED. */
export function cellName(regionId: string, interpretation: string): string {
  return `${regionId}${SEPARATOR}${interpretation}`;
}

/** The region and the selection of a cell; undefined for any other attribute. */
export function readCell(attribute: string): Readonly<{ regionId: string; interpretation: string }> | undefined {
  const at = attribute.indexOf(SEPARATOR);
  return at < 0 ? undefined : { regionId: attribute.slice(0, at), interpretation: attribute.slice(at + 1) };
}

/** An election's rejected attempts are spread over this many partitions, so that a flood of them meets no partition limit. */
const REJECTED_BUCKETS = 16;

/** Partition key of the row of rejected attempts of a voter's hash. Hashes are uniform, so any character spreads them. */
export function rejectedBucketKey(electionId: string, hash: string): string {
  return `${electionId}${SEPARATOR}${hash.charCodeAt(0) % REJECTED_BUCKETS}`;
}

/** Partition keys of all rejected attempts of an election. */
export function rejectedBucketKeys(electionId: string): readonly string[] {
  return Array.from({ length: REJECTED_BUCKETS }, (_, bucket) => `${electionId}${SEPARATOR}${bucket}`);
}

/** Why an attempt to vote is rejected. */
export const REJECTIONS = ["duplicate", "unknown-credentials", "wrong-region", ...STRIKES] as const;
export type Rejection = (typeof REJECTIONS)[number];

/** Sort key of rejected attempts: one row per voter's hash and outcome. */
export function rejectedRowKey(hash: string, outcome: Rejection): string {
  return `${hash}${SEPARATOR}${outcome}`;
}

/** Prefix of all rejected attempts of a hash. */
export function rejectedRowPrefix(hash: string): string {
  return `${hash}${SEPARATOR}`;
}

/** The voter's hash in the key of rejected attempts. */
export function hashOf(rowKey: string): string {
  return rowKey.slice(0, rowKey.lastIndexOf(SEPARATOR));
}

/** The outcome in the key of rejected attempts; undefined for a key that rejectedRowKey did not write. */
export function outcomeOf(rowKey: string): Rejection | undefined {
  const text = rowKey.slice(rowKey.lastIndexOf(SEPARATOR) + 1);
  return REJECTIONS.find((outcome) => outcome === text);
}

/** Partition key of what is counted or paced under one mark of guessing, or two together. */
export function guessRowKey(electionId: string, place: string): string {
  return `${electionId}${SEPARATOR}${place}`;
}

/** Partition key of the list of those limited within an hour. No mark looks like an hour. */
export function guessListKey(electionId: string, window: string): string {
  return `${electionId}${SEPARATOR}${window}`;
}

/**
 * Sort key of a board row: when it was posted, in milliseconds since 1970, then the position in the shard. Rows sort by time
 * until 2286, when milliseconds need a 14th digit.
 */
export function boardRowKey(postedMs: number, place: string): string {
  return `${String(Math.max(0, postedMs)).padStart(13, "0")}${SEPARATOR}${place}`;
}

/** Above every board row: a colon comes after the digits. */
export const BOARD_ROW_END = ":";

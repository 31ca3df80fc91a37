import { fromBase32, toBase32 } from "#core/bytes.ts";
import type { KeyedEnvelope } from "#core/envelope.ts";

/**
 * The code by which a voter finds a ballot again. It is computed from all that decides what the ballot counts as, the sealed
 * envelope and its one-time key, and reveals nothing of it.
 */

/** Characters of a tracking code: 100 bits of a SHA-256. */
export const TRACKING_CODE_LENGTH = 20;

/** The form of a tracking code, as JSON Schema writes it. */
export const TRACKING_CODE_PATTERN = `^[A-Z2-7]{${TRACKING_CODE_LENGTH}}$`;

/** The form of a typed one as the API's document says it: in any case and grouping. readTrackingCode reads more than this. */
export const TYPED_TRACKING_CODE_PATTERN = `^(?:[A-Za-z0-8][ .-]{0,2}){${TRACKING_CODE_LENGTH}}$`;

/** Bytes of a packed tracking code: its 100 bits, and four that are 0. */
export const TRACKING_CODE_BYTES = 13;

/** What is hashed to give a ballot's tracking code: the one-time key, whose length is fixed, then the envelope. */
export function trackedBytes({ oneTimeKey, envelope }: KeyedEnvelope): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(oneTimeKey.length + envelope.length);
  bytes.set(oneTimeKey);
  bytes.set(envelope, oneTimeKey.length);
  return bytes;
}

/** A ballot's tracking code from the SHA-256 of its trackedBytes. */
export function trackingCodeOf(sha256: Uint8Array): string {
  return toBase32(sha256).slice(0, TRACKING_CODE_LENGTH);
}

/** Packs a tracking code to store many of them. Throws TypeError for any other text. */
export function packTrackingCode(trackingCode: string): Uint8Array<ArrayBuffer> {
  const bytes = trackingCode.length === TRACKING_CODE_LENGTH ? fromBase32(trackingCode) : undefined;
  if (bytes === undefined) throw new TypeError("this is no tracking code");
  return bytes;
}

/** Reads what packTrackingCode writes. */
export function unpackTrackingCode(bytes: Uint8Array): string {
  return toBase32(bytes).slice(0, TRACKING_CODE_LENGTH);
}

/** A tracking code as people read it: `ABCDE FGHIJ KLMNO PQRST`. */
export function groupTrackingCode(trackingCode: string): string {
  return trackingCode.replaceAll(/(.{5})(?=.)/g, "$1 ");
}

/** What is wrong with a typed tracking code; `length` is without spaces and punctuation. */
export type TrackingCodeFault = Readonly<
  { kind: "wrong-length"; length: number } | { kind: "wrong-character"; character: string }
>;

/** What somebody may mean by the tracking code they typed, the likeliest first; or what is wrong with it. */
export type TypedTrackingCode =
  | Readonly<{ kind: "read"; spellings: readonly [string, ...string[]] }>
  | TrackingCodeFault;

/** Beyond this many, all are taken for I. */
const MOST_ONES = 3;

/** The texts in which each 1 is an I or an L; codes have no 1. */
function withoutOnes(text: string): readonly [string, ...string[]] {
  const [first = "", ...others] = text.split("1");
  if (others.length > MOST_ONES) return [text.replaceAll("1", "I")];
  return others.reduce<readonly [string, ...string[]]>(
    ([likeliest, ...less], part) => [
      `${likeliest}I${part}`,
      `${likeliest}L${part}`,
      ...less.flatMap((read) => [`${read}I${part}`, `${read}L${part}`]),
    ],
    [first],
  );
}

/** Reads a typed tracking code in any grouping and case; codes have no 0, 1 or 8, which are the letters they look like. */
export function readTrackingCode(text: string): TypedTrackingCode {
  const bare = text
    .replaceAll(/[\s\p{P}]/gu, "")
    .toUpperCase()
    .replaceAll("0", "O")
    .replaceAll("8", "B");
  if (bare.length !== TRACKING_CODE_LENGTH) return { kind: "wrong-length", length: bare.length };
  const wrong = /[^A-Z1-7]/u.exec(bare);
  return wrong === null
    ? { kind: "read", spellings: withoutOnes(bare) }
    : { kind: "wrong-character", character: wrong[0] };
}

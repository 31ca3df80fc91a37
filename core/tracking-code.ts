import { fromBase32, toBase32 } from "#core/bytes.ts";
import type { KeyedEnvelope } from "#core/envelope.ts";

/**
 * The code by which a voter finds a ballot again. It is computed from all that decides what the ballot counts as, the sealed
 * envelope and its one-time key, and reveals nothing of it.
 */

/** Characters of a tracking code: 100 bits of a SHA-256. */
export const TRACKING_CODE_LENGTH = 20;

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

/** Reads a typed tracking code in any grouping and case, with `0`, `1` and `8` as the letters they look like; else undefined. */
export function readTrackingCode(text: string): string | undefined {
  const code = text
    .replaceAll(/[\s.-]/g, "")
    .toUpperCase()
    .replaceAll("0", "O")
    .replaceAll("1", "I")
    .replaceAll("8", "B");
  return code.length === TRACKING_CODE_LENGTH && /^[A-Z2-7]*$/.test(code) ? code : undefined;
}

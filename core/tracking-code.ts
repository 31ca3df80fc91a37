import { fromBase32, toBase32 } from "#core/bytes.ts";

/** The code by which a voter finds a ballot again. It is computed from the sealed envelope and reveals nothing of it. */

/** Characters of a tracking code: 100 bits of the envelope's SHA-256. */
export const TRACKING_CODE_LENGTH = 20;

/** Bytes of a packed tracking code: its 100 bits, and four that are 0. */
export const TRACKING_CODE_BYTES = 13;

/** The tracking code of an envelope from its SHA-256 digest (32 bytes). */
export function trackingCodeOf(envelopeSha256: Uint8Array): string {
  return toBase32(envelopeSha256).slice(0, TRACKING_CODE_LENGTH);
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

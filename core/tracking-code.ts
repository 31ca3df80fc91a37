import { fromBase32, toBase32 } from "#core/bytes.ts";

/** The code by which a voter finds a ballot again; it comes from the sealed envelope and says nothing of what is in it. */

/** Characters of a tracking code: 100 bits of the envelope's SHA-256. */
export const TRACKING_CODE_LENGTH = 20;

/** Bytes of a tracking code where many are stored: its 100 bits, and four that are 0. */
export const TRACKING_CODE_BYTES = 13;

/** The tracking code of an envelope from its SHA-256 digest (32 bytes). */
export function trackingCodeOf(envelopeSha256: Uint8Array): string {
  return toBase32(envelopeSha256).slice(0, TRACKING_CODE_LENGTH);
}

/** A tracking code as it is stored among many. Throws TypeError for a text that is none. */
export function packTrackingCode(trackingCode: string): Uint8Array<ArrayBuffer> {
  const bytes = trackingCode.length === TRACKING_CODE_LENGTH ? fromBase32(trackingCode) : undefined;
  if (bytes === undefined) throw new TypeError("this is no tracking code");
  return bytes;
}

/** What packTrackingCode packed. */
export function unpackTrackingCode(bytes: Uint8Array): string {
  return toBase32(bytes).slice(0, TRACKING_CODE_LENGTH);
}

/** A tracking code as people read it: `ABCDE FGHIJ KLMNO PQRST`. */
export function groupTrackingCode(trackingCode: string): string {
  return trackingCode.replaceAll(/(.{5})(?=.)/g, "$1 ");
}

/** A tracking code as somebody typed it, in any grouping and case, `0`, `1` and `8` read as the letters they look like; undefined for anything else. */
export function readTrackingCode(text: string): string | undefined {
  const code = text
    .replaceAll(/[\s.-]/g, "")
    .toUpperCase()
    .replaceAll("0", "O")
    .replaceAll("1", "I")
    .replaceAll("8", "B");
  return code.length === TRACKING_CODE_LENGTH && /^[A-Z2-7]*$/.test(code) ? code : undefined;
}

import * as z from "zod/mini";
import { TRACKING_CODE_LENGTH } from "#core/tracking-code.ts";
import { BODY_BYTES } from "#core/trustees/ballot.ts";
import { bytesText, PUBLIC_KEY_BYTES, SIGNATURE_BYTES } from "#core/trustees/ceremony/byte-fields.ts";

/**
 * A line of `box.jsonl`: a ballot with the key that cast it, and no time. All lines of a region are of one length, so a line is found by
 * counting: whoever mixes a batch reads no more than that batch.
 */

const TrusteeBoxLine = z.strictObject({
  regionId: z.string().check(z.regex(/^[A-Za-z0-9_-]{1,40}$/)),
  trackingCode: z.string().check(z.regex(/^[A-Z2-7]{20}$/)),
  /** Ed25519. */
  voterKey: bytesText(PUBLIC_KEY_BYTES),
  /** A, B, T and z (ballot.ts). */
  body: bytesText(BODY_BYTES),
  /** By the voter key (card-key.ts). */
  signature: bytesText(SIGNATURE_BYTES),
});
export type TrusteeBoxLine = Readonly<z.infer<typeof TrusteeBoxLine>>;

/** The one form of a line, without its line feed. */
export function writeTrusteeLine({ regionId, trackingCode, voterKey, body, signature }: TrusteeBoxLine): string {
  return JSON.stringify({ regionId, trackingCode, voterKey, body, signature });
}

/** Reads what writeTrusteeLine writes; undefined for any other text. */
export function readTrusteeLine(text: string): TrusteeBoxLine | undefined {
  try {
    const read = TrusteeBoxLine.safeParse(JSON.parse(text));
    return read.success && writeTrusteeLine(read.data) === text ? read.data : undefined;
  } catch {
    return undefined;
  }
}

const base64UrlLength = (bytes: number): number => Math.ceil((bytes * 4) / 3);

/** The bytes of each line of a region, line feed included. */
export function trusteeLineBytes(regionId: string): number {
  const line = writeTrusteeLine({
    regionId,
    trackingCode: "A".repeat(TRACKING_CODE_LENGTH),
    voterKey: "A".repeat(base64UrlLength(PUBLIC_KEY_BYTES)),
    body: "A".repeat(base64UrlLength(BODY_BYTES)),
    signature: "A".repeat(base64UrlLength(SIGNATURE_BYTES)),
  });
  return line.length + 1;
}

import * as z from "zod/mini";
import { fromBase64Url } from "#core/bytes.ts";

/** Bytes in the files of a ceremony. */

/** So many bytes, in canonical base64url. */
export const bytesText = (length: number) =>
  z.string().check(z.refine((text) => fromBase64Url(text)?.length === length));

/** The bytes of a field that bytesText has read. Throws RangeError for any other text. */
export function bytesIn(text: string): Uint8Array {
  const bytes = fromBase64Url(text);
  if (bytes === undefined) throw new RangeError("this is not base64url");
  return bytes;
}

export const PUBLIC_KEY_BYTES = 32;
export const SIGNATURE_BYTES = 64;
export const DIGEST_BYTES = 64;
export const SHA256_BYTES = 32;

import * as z from "zod/mini";
import { canonicalJson } from "#core/canonical-json.ts";
import { CeremonyDigest, Sha256Hex } from "#core/trustees/bundle/box-file.ts";
import { bytesText, SIGNATURE_BYTES } from "#core/trustees/ceremony/byte-fields.ts";
import { MOST_TRUSTEES, TrusteeNumber } from "#core/trustees/ceremony/record-shape.ts";
import { transcript } from "#core/trustees/transcript.ts";

/** `opening-1.json` and so on: which mix of which box a trustee opened. It signs this over the hash of its products and proofs. */

export const OpeningFileStatement = z.strictObject({
  format: z.literal("scrutin-opening-by-trustee-1"),
  ceremony: CeremonyDigest,
  /** SHA-256 of `box.json`, in hexadecimal. */
  box: Sha256Hex,
  /** SHA-256 of each mix's file, `mix-1.json` first, in hexadecimal. */
  mixes: z.array(Sha256Hex).check(z.maxLength(MOST_TRUSTEES)),
  trustee: TrusteeNumber,
  /** Of `opening-1.bin`, in hexadecimal. */
  sha256: Sha256Hex,
});
export type OpeningFileStatement = Readonly<z.infer<typeof OpeningFileStatement>>;

export const OpeningFile = z.strictObject({ statement: OpeningFileStatement, signature: bytesText(SIGNATURE_BYTES) });
export type OpeningFile = Readonly<z.infer<typeof OpeningFile>>;

/** What the trustee signs. */
export const openingFileBytes = (statement: OpeningFileStatement): Uint8Array =>
  transcript("scrutin/v2/opening-file", canonicalJson(statement));

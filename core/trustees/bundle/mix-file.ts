import * as z from "zod/mini";
import { canonicalJson } from "#core/canonical-json.ts";
import { CeremonyDigest, Sha256Hex } from "#core/trustees/bundle/box-file.ts";
import { bytesText, SIGNATURE_BYTES } from "#core/trustees/ceremony/byte-fields.ts";
import { TrusteeNumber } from "#core/trustees/ceremony/record-shape.ts";
import { transcript } from "#core/trustees/transcript.ts";

/** `mix-1.json` and so on: who made a mix of which box. Its mixer signs it, over the hash of the mix's outputs and proofs. */

export const MixFileStatement = z.strictObject({
  format: z.literal("scrutin-mix-1"),
  ceremony: CeremonyDigest,
  /** SHA-256 of `box.json`, in hexadecimal. */
  box: Sha256Hex,
  /** From 1, and no more than there are trustees. */
  mix: TrusteeNumber,
  trustee: TrusteeNumber,
  /** Of `mix-1.bin`, in hexadecimal. */
  sha256: Sha256Hex,
});
export type MixFileStatement = Readonly<z.infer<typeof MixFileStatement>>;

export const MixFile = z.strictObject({ statement: MixFileStatement, signature: bytesText(SIGNATURE_BYTES) });
export type MixFile = Readonly<z.infer<typeof MixFile>>;

/** What the mixer signs. */
export const mixFileBytes = (statement: MixFileStatement): Uint8Array =>
  transcript("scrutin/v2/mix-file", canonicalJson(statement));

import { createHash } from "node:crypto";
import * as z from "zod";
import { canonicalText } from "#core/canonical-json.ts";
import { CertificateSignature } from "#core/certificate-signature.ts";
import type { Election } from "#core/election.ts";
import { Opening, RollChanges, Stated } from "#core/opening.ts";

/** How the elections table keeps an opening statement: without the definition, which it has already. */

export const StatedOpening = z.strictObject({
  stated: Stated,
  /** The closing time that was stated; it may have been extended since. */
  closesAt: z.string(),
  signature: CertificateSignature,
  /** Of the opening's file, in hexadecimal. */
  sha256: z.string(),
  rollChanges: RollChanges,
});
export type StatedOpening = Readonly<z.infer<typeof StatedOpening>>;

export function sha256Hex(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** The opening's file, byte for byte as it was published. Throws when it can no longer be put together. */
export function openingText(
  { definition }: Pick<Election, "definition">,
  { stated, closesAt, signature, sha256 }: StatedOpening,
): string {
  const statement = { format: "scrutin-opening-1", definition: { ...definition, closesAt }, ...stated };
  const text = canonicalText(Opening.parse({ statement, signature }));
  if (sha256Hex(text) !== sha256) throw new Error(`the opening of ${definition.electionId} is not what was published`);
  return text;
}

import * as z from "zod";
import type { ChangeStatement } from "#core/opening.ts";

/** How often officers did what, as a certificate has it. */

const Whole = z.number().int().nonnegative();

export const CertifiedActs = z.strictObject({
  /** By the signed changes since the opening: of times, of the roll, of who stands, of texts, and lots. */
  signed: z.strictObject({ times: Whole, rolls: Whole, withdrawals: Whole, corrections: Whole, lots: Whole }),
  /** By the office's own record, before the opening too: `roll reissue`, `letters made` and so on, and to how many people. */
  recorded: z.record(z.string(), z.strictObject({ acts: Whole, people: Whole })),
});
export type CertifiedActs = Readonly<z.infer<typeof CertifiedActs>>;

/** The acts in a signed chain. */
export function signedActs(changes: readonly Pick<ChangeStatement, "kind">[]): CertifiedActs["signed"] {
  const ofKind = (...kinds: readonly ChangeStatement["kind"][]): number =>
    changes.filter(({ kind }) => kinds.includes(kind)).length;
  return {
    times: ofKind("extension", "extension-taken-back", "postponement"),
    rolls: ofKind("roll", "late-roll"),
    withdrawals: ofKind("withdrawal"),
    corrections: ofKind("correction"),
    lots: ofKind("lot"),
  };
}

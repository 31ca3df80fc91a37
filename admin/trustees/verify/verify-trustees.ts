import type { Check } from "#admin/certification/check.ts";
import { type LookedUp, lookUp, type SoughtCard } from "#admin/trustees/verify/look-up.ts";
import { readBundle } from "#admin/trustees/verify/read-bundle.ts";
import { type TrusteesOptions, trusteesGroups } from "#admin/trustees/verify/trustees-checks.ts";

/** Verifying an election whose key trustees hold. */

export type TrusteesVerifyOptions = TrusteesOptions &
  Readonly<{
    /** Spellings of a voter's tracking code. */
    codes?: readonly string[];
    card?: SoughtCard | undefined;
  }>;

export type VerifiedTrustees = LookedUp & Readonly<{ checks: readonly Check[] }>;

/** Makes every check. Throws Refusal where there is no certificate, or no ceremony, to begin with. */
export async function verifyTrustees(folder: string, options: TrusteesVerifyOptions = {}): Promise<VerifiedTrustees> {
  const bundle = readBundle(folder, options.mostInBatch);
  const { value: certificate } = await bundle.certificate();
  const { mixes } = await bundle.ceremony();
  const checks: Check[] = [];
  for (const group of trusteesGroups(bundle, certificate, mixes, options)) checks.push(...(await group.make()));
  return { checks, ...(await lookUp(bundle, options.codes ?? [], options.card)) };
}

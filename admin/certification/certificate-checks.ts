import type { BoxCount } from "#admin/certification/box-count.ts";
import type { Check, Difference } from "#admin/certification/check.ts";
import { type Certificate, OLD_CERTIFICATE_FORMAT } from "#core/ballot-box.ts";
import { canonicalJson } from "#core/canonical-json.ts";
import type { CertificateSignature } from "#core/certificate-signature.ts";
import { type ContestResult, certifiedResult } from "#core/certified-result.ts";
import type { ElectionDefinition } from "#core/election.ts";
import type { Tally } from "#core/results.ts";
import { strayLots } from "#core/stray-lots.ts";
import { fingerprintOf, isSameFingerprint, isSigned } from "#storage/signing-key.ts";

/** Checking a certificate itself: who signed it, and whether its numbers are those of the opened ballots. */

export function signatureCheck(
  certificate: unknown,
  signature: CertificateSignature,
  signedBy: string | undefined,
): Check {
  const fingerprint = fingerprintOf(signature);
  const fits = isSigned(certificate, signature);
  // Whoever made the files can sign them too: without the fingerprint, nothing shows who did.
  const isExpected = signedBy === undefined ? undefined : isSameFingerprint(signedBy, fingerprint);
  const isTrue = fits && isExpected;
  return { name: "signature", isTrue, finding: { kind: "signature", fits, fingerprint, signedBy } };
}

/** Where two values of one shape differ. */
function differencesOf(certified: unknown, recounted: unknown, path: readonly string[] = []): readonly Difference[] {
  if (canonicalJson(certified) === canonicalJson(recounted)) return [];
  const isBranch = (value: unknown): value is object => typeof value === "object" && value !== null;
  if (!isBranch(certified) || !isBranch(recounted)) return [{ path: path.join("."), certified, recounted }];
  const [one, other] = [new Map(Object.entries(certified)), new Map(Object.entries(recounted))];
  const names = new Set([...one.keys(), ...other.keys()]);
  return [...names].flatMap((name) => differencesOf(one.get(name), other.get(name), [...path, name]));
}

function recountCheck(certified: ContestResult, recounted: ContestResult): Check {
  const name = certified.regionId === null ? "recount" : `recount ${certified.regionId}`;
  const differences = differencesOf(certified, recounted);
  return { name, isTrue: differences.length === 0, finding: { kind: "recount", recounted, differences } };
}

/** Whoever signs can choose the rules by the format: only where both come to the same does a bundle show the outcome. */
function rulesCheck(old: ReturnType<typeof certifiedResult>, today: ReturnType<typeof certifiedResult>): Check {
  const outcomeOf = (contest: ContestResult | undefined): string =>
    canonicalJson([contest?.outcome ?? null, contest?.ranked?.outcome ?? null]);
  const others = old.contests.filter((contest, index) => outcomeOf(contest) !== outcomeOf(today.contests[index]));
  const isOneElse = outcomeOf(old.wholeCountry) !== outcomeOf(today.wholeCountry);
  const regions = [
    ...others.map(({ regionId }) => `region ${regionId}`),
    ...(isOneElse ? ["all regions together"] : []),
  ];
  return { name: "rules", isTrue: regions.length === 0 || undefined, finding: { kind: "old-rules", regions } };
}

/** Whether each lot that decides something was drawn between those who were tied, as the ballots tell. */
function tiesCheck(definition: ElectionDefinition, tallies: ReadonlyMap<string, Tally>): readonly Check[] {
  if (definition.votingMethod === "referendum" || definition.lots === undefined) return [];
  const lots = strayLots(definition, tallies);
  return [{ name: "ties", isTrue: lots.length === 0, finding: { kind: "stray-lots", lots } }];
}

/** What the ballots come to. */
export function countChecks(
  { format, definition, contests, wholeCountry, counts }: Certificate,
  box: Pick<BoxCount, "ballots" | "tallies" | "setAside" | "shared">,
): readonly Check[] {
  if (box.tallies === undefined) return [{ name: "recount", isTrue: undefined, finding: { kind: "not-recounted" } }];
  const { tallies, setAside } = box;
  const resultBy = (isOld: boolean) =>
    certifiedResult(definition, tallies, counts.onRoll, { setAside: setAside.length, isOld });
  const isOld = format === OLD_CERTIFICATE_FORMAT;
  const result = resultBy(isOld);
  const { spoiled } = result.wholeCountry;
  const [certified, defined] = [contests.length, result.contests.length];
  const recounts = result.contests.map((recounted, index): Check => {
    const contest = contests[index];
    return contest === undefined
      ? { name: `recount ${recounted.regionId}`, isTrue: false, finding: { kind: "not-certified" } }
      : recountCheck(contest, recounted);
  });
  return [
    {
      name: "envelopes",
      isTrue: spoiled === counts.spoiled,
      finding: {
        kind: "envelopes",
        ballots: box.ballots,
        certifiedSpoiled: counts.spoiled,
        spoiled,
        shared: box.shared.length,
      },
    },
    { name: "contests", isTrue: certified === defined, finding: { kind: "contests", certified, defined } },
    ...recounts,
    recountCheck(wholeCountry, result.wholeCountry),
    ...tiesCheck(definition, tallies),
    ...(isOld ? [rulesCheck(result, resultBy(false))] : []),
  ];
}

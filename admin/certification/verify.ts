import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { biographiesChecks } from "#admin/certification/biographies.ts";
import { type BoxCount, countBox, type Found, LINE_FAULTS, type LineFault } from "#admin/certification/box-count.ts";
import {
  BUNDLE_FILES,
  ballotKeyText,
  readBundleFile,
  readCanonical,
  requireText,
} from "#admin/certification/bundle-files.ts";
import type { Check, Difference } from "#admin/certification/check.ts";
import { interpreterFor } from "#admin/certification/interpreter.ts";
import { openingChecks } from "#admin/certification/opening-checks.ts";
import { digitsOf, sha256OfChange } from "#admin/certification/typed-digits.ts";
import { Certificate, contradictions, OLD_CERTIFICATE_FORMAT } from "#core/ballot-box.ts";
import { fromBase64Url } from "#core/bytes.ts";
import { canonicalJson } from "#core/canonical-json.ts";
import { CertificateSignature } from "#core/certificate-signature.ts";
import { type ContestResult, certifiedResult } from "#core/certified-result.ts";
import type { ElectionDefinition } from "#core/election.ts";
import { Refusal } from "#core/refusal.ts";
import type { Tally } from "#core/results.ts";
import { strayLots } from "#core/stray-lots.ts";
import { readTrackingCode, TRACKING_CODE_LENGTH } from "#core/tracking-code.ts";
import { fingerprintOf, isSameFingerprint, isSigned } from "#storage/signing-key.ts";
import { importPrivateKey, publicKeyOf } from "#storage/x25519.ts";

/** Checking a certified election by its public files alone: no account, no secret, nothing of the system that made them. */

export type Verification = Readonly<{
  checks: readonly Check[];
  /** Where the sought ballot lies; undefined when none was sought. */
  found: readonly Found[] | undefined;
}>;

export type VerifyOptions = Readonly<{
  /** A voter's tracking code, as they wrote it down. */
  trackingCode?: string;
  /** The fingerprint of the signing key, as it was published elsewhere. */
  signedBy?: string;
  /** The SHA-256 of the opening statement in hexadecimal, as it was published before voting, or its first half. */
  opening?: string;
  /** The SHA-256 of the newest change after it, as it was published, in hexadecimal. */
  change?: string;
  /** The auditors' file of the ballot key; the bundle's own is checked too, where there is one. */
  keyFile?: string;
}>;

/** The bundle's ballot key; undefined when it has none, null when what it holds is no key. */
async function readBundleKey(folder: string): Promise<Uint8Array | null | undefined> {
  const bytes = await readBundleFile(folder, BUNDLE_FILES.ballotKey);
  if (bytes === undefined) return undefined;
  const key = keyIn(bytes.toString());
  if (key !== null) requireText(join(folder, BUNDLE_FILES.ballotKey), bytes, ballotKeyText(key));
  return key;
}

/** The auditors' ballot key; null when what the file holds is no key. */
async function readAuditorsKey(file: string): Promise<Uint8Array | null> {
  const text = await readFile(file, "utf8").catch(() => {
    throw new Refusal(`${file}: cannot be read.`, `${file}\u00a0: ce fichier ne peut être lu.`);
  });
  return keyIn(text);
}

function keyIn(text: string): Uint8Array | null {
  const key = fromBase64Url(text.trim());
  return key?.length === 32 ? key : null;
}

const LINE_CHECKS: Readonly<Record<LineFault, string>> = {
  malformed: "lines",
  "out-of-order": "order",
  "wrong-tracking-code": "tracking codes",
  "unknown-region": "regions",
  "wrong-length": "lengths",
};

function signatureCheck(certificate: unknown, signature: CertificateSignature, signedBy: string | undefined): Check {
  const fingerprint = fingerprintOf(signature);
  const fits = isSigned(certificate, signature);
  // Whoever made the files can sign them too: without the fingerprint, nothing shows who did.
  const isExpected = signedBy === undefined ? undefined : isSameFingerprint(signedBy, fingerprint);
  const isTrue = fits && isExpected;
  return { name: "signature", isTrue, finding: { kind: "signature", fits, fingerprint, signedBy } };
}

function boxChecks({ counts, merkleRoot }: Certificate, box: BoxCount): readonly Check[] {
  const lines = LINE_FAULTS.map((fault): Check => {
    const at = box.faults.get(fault) ?? [];
    return { name: LINE_CHECKS[fault], isTrue: at.length === 0, finding: { kind: "lines", fault, lines: at } };
  });
  const found = { merkleRoot: box.merkleRoot, ballots: box.ballots, setAside: box.setAside.length };
  const value = (name: string, of: keyof typeof found, certified: unknown): Check => ({
    name,
    isTrue: certified === found[of],
    finding: { kind: "value", of, certified, found: found[of] },
  });
  return [
    ...lines,
    value("Merkle root", "merkleRoot", merkleRoot),
    value("ballots", "ballots", counts.cast),
    value("set aside", "setAside", counts.setAside),
  ];
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

function countChecks(
  { format, definition, contests, wholeCountry, counts }: Certificate,
  box: BoxCount,
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

/** The codes that a voter may mean by what they typed. Throws Refusal when it is no tracking code. */
function spellingsOf(typed: string): readonly string[] {
  const read = readTrackingCode(typed);
  switch (read.kind) {
    case "read":
      return read.spellings;
    case "wrong-length":
      throw new Refusal(
        `A tracking code has ${TRACKING_CODE_LENGTH} characters; ${typed} has ${read.length}.`,
        `Un code de suivi a ${TRACKING_CODE_LENGTH} caractères\u202f; ${typed} en a ${read.length}.`,
      );
    case "wrong-character":
      throw new Refusal(
        `A tracking code is made of the letters A to Z and the digits 2 to 7: ${typed} has “${read.character}”.`,
        `Un code de suivi se compose des lettres A à Z et des chiffres 2 à 7\u00a0: ${typed} contient «\u00a0${read.character}\u00a0».`,
      );
    default:
      return read satisfies never;
  }
}

/** Makes every check on the bundle in a folder. Throws Refusal when it is no bundle at all. */
export async function verifyBundle(
  folder: string,
  { trackingCode, signedBy, opening, change, keyFile }: VerifyOptions = {},
): Promise<Verification> {
  const { value: certificate, json } = await readCanonical(folder, BUNDLE_FILES.certificate, Certificate);
  const { value: signature } = await readCanonical(folder, BUNDLE_FILES.signature, CertificateSignature);
  const { definition, publicKey } = certificate;
  const openingDigits = opening === undefined ? undefined : digitsOf(opening);
  const changeDigits = change === undefined ? undefined : sha256OfChange(change);

  const published = await readBundleKey(folder);
  const keys = [published, keyFile === undefined ? undefined : await readAuditorsKey(keyFile)];
  const given = keys.filter((key) => key !== undefined);
  const fitting = given.filter((key) => key !== null && publicKeyOf(importPrivateKey(key)) === publicKey);
  const [key] = fitting;
  const isMissing = published === undefined && definition.verification === "public";
  const found = fitting.length < given.length ? "another" : isMissing ? "missing" : key ? "fits" : "with-auditors";
  const keyCheck: Check = {
    name: "ballot key",
    isTrue: found === "with-auditors" ? undefined : found === "fits",
    finding: { kind: "ballot-key", key: found },
  };

  const sought = trackingCode === undefined ? [] : spellingsOf(trackingCode);
  const open = key ? interpreterFor({ definition, opening: certificate.opening }, key) : undefined;
  const box = await countBox(join(folder, BUNDLE_FILES.ballotBox), definition, open, { sought });

  const contradicted = contradictions(certificate, box.byRegion);
  const addUp: Check = {
    name: "counts add up",
    isTrue: contradicted.length === 0,
    finding: { kind: "counts", counts: certificate.counts, contradictions: contradicted },
  };
  return {
    checks: [
      signatureCheck(json, signature, signedBy),
      ...(await openingChecks(folder, certificate, signature, openingDigits, changeDigits)),
      ...(await biographiesChecks(folder, definition)),
      addUp,
      ...boxChecks(certificate, box),
      keyCheck,
      ...countChecks(certificate, box),
    ],
    found: trackingCode === undefined ? undefined : box.found,
  };
}

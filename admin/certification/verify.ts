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
import { countChecks, signatureCheck } from "#admin/certification/certificate-checks.ts";
import type { Check } from "#admin/certification/check.ts";
import { interpreterFor } from "#admin/certification/interpreter.ts";
import { openingChecks } from "#admin/certification/opening-checks.ts";
import { digitsOf, sha256OfChange } from "#admin/certification/typed-digits.ts";
import type { OnProgress } from "#admin/shared/progress.ts";
import type { CardFound, SoughtCard } from "#admin/trustees/verify/look-up.ts";
import { Certificate, contradictions } from "#core/ballot-box.ts";
import { fromBase64Url } from "#core/bytes.ts";
import { CertificateSignature } from "#core/certificate-signature.ts";
import { isTrustees } from "#core/contest.ts";
import { Refusal } from "#core/refusal.ts";
import { readTrackingCode, TRACKING_CODE_LENGTH } from "#core/tracking-code.ts";
import { importPrivateKey, publicKeyOf } from "#storage/x25519.ts";

/** Checking a certified election by its public files alone: no account, no secret, nothing of the system that made them. */

export type Verification = Readonly<{
  checks: readonly Check[];
  /** Where the sought ballot lies; undefined when none was sought. */
  found: readonly Found[] | undefined;
  /** What a card did; undefined where none was asked about. */
  card?: CardFound | undefined;
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
  /** Where trustees hold the key: the six words of their ceremony, as they were read aloud. */
  words?: string;
  /** A card to be looked up, where trustees hold the key. */
  card?: SoughtCard;
  /** The file of a receipt, where trustees hold the key. */
  receiptFile?: string;
  onProgress?: OnProgress;
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

/** Refuses what asks for something that a live election's files do not have. */
function refuseForTrustees({ words, card, receiptFile }: VerifyOptions): void {
  const asked = [words && "--words", card && "--card", receiptFile && "--receipt"].find((option) => option);
  if (asked === undefined) return;
  throw new Refusal(
    `${asked}: only for elections whose key trustees hold, and this is none. Look a ballot up by --tracking.`,
    `${asked}\u00a0: seulement pour les élections dont des dépositaires détiennent la clé. Cherchez un bulletin par son code de suivi.`,
  );
}

/** Makes every check on the bundle in a folder. Throws Refusal when it is no bundle at all. */
export async function verifyBundle(folder: string, options: VerifyOptions = {}): Promise<Verification> {
  const { trackingCode, signedBy, opening, change, keyFile } = options;
  const { value: certificate, json } = await readCanonical(folder, BUNDLE_FILES.certificate, Certificate);
  const { value: signature } = await readCanonical(folder, BUNDLE_FILES.signature, CertificateSignature);
  const { definition, publicKey } = certificate;
  const openingDigits = opening === undefined ? undefined : digitsOf(opening);
  const changeDigits = change === undefined ? undefined : sha256OfChange(change);
  const sought = trackingCode === undefined ? [] : spellingsOf(trackingCode);
  if (isTrustees(definition)) {
    // Most elections need none of the cryptography that this loads.
    const { verifyTrustees } = await import("#admin/trustees/verify/verify-trustees.ts");
    const { words, card, receiptFile, onProgress } = options;
    const read = { words, card, receiptFile, onProgress, signedBy, opening: openingDigits, change: changeDigits };
    const verified = await verifyTrustees(folder, { ...read, codes: sought });
    return { ...verified, found: trackingCode === undefined ? undefined : verified.found };
  }
  refuseForTrustees(options);

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

import { access, readFile } from "node:fs/promises";
import { join } from "node:path";
import type * as z from "zod";
import { type BoxCount, countBox, LINE_FAULTS, type LineFault } from "#admin/certification/box-count.ts";
import { BUNDLE_FILES, linesOf } from "#admin/certification/bundle-files.ts";
import { openerFor } from "#admin/certification/opened-ballot.ts";
import { fingerprintOf, isSameFingerprint, isSigned } from "#admin/certification/signing-key.ts";
import { Certificate, CertificateSignature, canonicalJson, contradictions } from "#core/ballot-box.ts";
import { fromBase64Url } from "#core/bytes.ts";
import { type ContestResult, certifiedResult } from "#core/certified-result.ts";
import { Refusal } from "#core/refusal.ts";
import { importPrivateKey, publicKeyOf } from "#storage/x25519.ts";

/** Checking a certified election from its public files alone: no account, no secret, nothing of the system that made them. */

/** One check: its name, whether what was found is what was certified, and both in words. Undefined: it could not be made. */
export type Check = Readonly<{ name: string; isTrue: boolean | undefined; said: string }>;

export type Verification = Readonly<{
  checks: readonly Check[];
  /** Regions in which the sought ballot lies; undefined when none was sought. */
  found: readonly string[] | undefined;
}>;

export type VerifyOptions = Readonly<{
  /** A voter's tracking code, as they wrote it down. */
  trackingCode?: string;
  /** The fingerprint of the signing key, as it was published elsewhere. */
  signedBy?: string;
  /** The ballot key's file, for auditors; the bundle's own when left out. */
  keyFile?: string;
}>;

const LINE_CHECKS: Readonly<Record<LineFault, Readonly<{ name: string; good: string; bad: string }>>> = {
  malformed: { name: "lines", good: "every line is a ballot", bad: "no ballot" },
  "out-of-order": { name: "order", good: "sorted by tracking code", bad: "out of order" },
  "wrong-tracking-code": {
    name: "tracking codes",
    good: "each is its envelope's own",
    bad: "not the envelope's tracking code",
  },
  "unknown-region": { name: "regions", good: "every ballot is for a region of the election", bad: "no such region" },
  "wrong-length": { name: "lengths", good: "all envelopes have the election's one length", bad: "another length" },
};

async function readJson<T>(
  folder: string,
  name: string,
  shape: z.ZodType<T>,
): Promise<Readonly<{ raw: unknown; value: T }>> {
  const text = await readFile(join(folder, name), "utf8").catch(() => {
    throw new Refusal(`${folder}: this is no certified election, ${name} cannot be read.`);
  });
  try {
    const raw: unknown = JSON.parse(text);
    return { raw, value: shape.parse(raw) };
  } catch {
    throw new Refusal(`${join(folder, name)}: this file is damaged, or not what its name says.`);
  }
}

/** The ballot key in a file; undefined when there is no such file, null when what it holds is no key. */
async function readKey(file: string): Promise<Uint8Array | null | undefined> {
  const text = await readFile(file, "utf8").catch(() => undefined);
  if (text === undefined) return undefined;
  const key = fromBase64Url(text.trim());
  return key?.length === 32 ? key : null;
}

function compare(name: string, said: unknown, found: unknown, what: string): Check {
  const isTrue = canonicalJson(said) === canonicalJson(found);
  return { name, isTrue, said: isTrue ? `${found} ${what}` : `certified ${said}, found ${found} ${what}` };
}

function signatureCheck(raw: unknown, signature: CertificateSignature, signedBy: string | undefined): Check {
  const name = "signature";
  const fingerprint = fingerprintOf(signature);
  if (!isSigned(raw, signature)) return { name, isTrue: false, said: "does not fit the certificate" };
  if (signedBy !== undefined && !isSameFingerprint(signedBy, fingerprint)) {
    return { name, isTrue: false, said: `by another key, ${fingerprint}` };
  }
  const advice = signedBy === undefined ? "; compare it with the one published elsewhere" : ", as expected";
  return { name, isTrue: true, said: `by ${fingerprint}${advice}` };
}

function boxChecks({ counts, merkleRoot }: Certificate, box: BoxCount): readonly Check[] {
  const lines = LINE_FAULTS.map((fault): Check => {
    const { name, good, bad } = LINE_CHECKS[fault];
    const at = box.faults.get(fault);
    return { name, isTrue: at === undefined, said: at === undefined ? good : `${bad}: line ${at.join(", ")}` };
  });
  return [
    ...lines,
    compare("Merkle root", merkleRoot, box.merkleRoot, "over the lines of the box"),
    compare("ballots", counts.cast, box.ballots, "in the box"),
    compare("copies", counts.copies, box.copies, "envelopes that another voter handed in as well"),
  ];
}

/** Where two values of one shape differ, as `votes.oui certified 3, recounted 2`. */
function differences(certified: unknown, recounted: unknown, path: readonly string[] = []): readonly string[] {
  if (canonicalJson(certified) === canonicalJson(recounted)) return [];
  const isBranch = (value: unknown): value is object => typeof value === "object" && value !== null;
  if (!isBranch(certified) || !isBranch(recounted)) {
    const tell = (value: unknown): string => (value === undefined ? "nothing" : canonicalJson(value));
    return [`${path.join(".")} certified ${tell(certified)}, recounted ${tell(recounted)}`];
  }
  const names = new Set([...Object.keys(certified), ...Object.keys(recounted)]);
  return [...names].flatMap((name) =>
    differences(Reflect.get(certified, name), Reflect.get(recounted, name), [...path, name]),
  );
}

const DIFFERENCES_TOLD = 5;

function recountCheck(certified: ContestResult, recounted: ContestResult): Check {
  const name = certified.regionId === null ? "recount" : `recount ${certified.regionId}`;
  const found = differences(certified, recounted);
  if (found.length > 0) return { name, isTrue: false, said: found.slice(0, DIFFERENCES_TOLD).join("; ") };
  const votes = Object.entries(recounted.votes).map(([option, count]) => `${option} ${count}`);
  const { blank, spoiled, outcome } = recounted;
  const said = [...votes, `blank ${blank}`, `spoiled ${spoiled}`].join(", ");
  return { name, isTrue: true, said: outcome === undefined ? said : `${said}: ${outcome.replaceAll("-", " ")}` };
}

function countChecks({ definition, contests, wholeCountry, counts }: Certificate, box: BoxCount): readonly Check[] {
  if (box.histograms === undefined) {
    const said = "not made: the box opens with the auditors' key only";
    return [{ name: "recount", isTrue: undefined, said }];
  }
  const result = certifiedResult(definition, box.histograms, counts.onRoll);
  const { spoiled } = result.wholeCountry;
  const envelopes: Check = {
    name: "envelopes",
    isTrue: spoiled === counts.spoiled,
    said:
      spoiled === counts.spoiled
        ? `${box.ballots - spoiled} open to a valid ballot, ${spoiled} spoiled as certified`
        : `certified ${counts.spoiled} spoiled, ${spoiled} do not open to a valid ballot`,
  };
  const regions: Check = {
    name: "contests",
    isTrue: contests.length === result.contests.length,
    said: `${contests.length} certified, ${result.contests.length} in the definition`,
  };
  const recounts = result.contests.map((recounted, index) => {
    const certified = contests[index];
    return certified === undefined
      ? { name: `recount ${recounted.regionId}`, isTrue: false, said: "not certified" }
      : recountCheck(certified, recounted);
  });
  return [envelopes, regions, ...recounts, recountCheck(wholeCountry, result.wholeCountry)];
}

/** A tracking code as it stands in the box, however a voter wrote it down. */
function normaliseTrackingCode(typed: string): string {
  return typed.replaceAll(/[\s\p{Pd}]/gu, "").toUpperCase();
}

/** Makes every check on the bundle in a folder. Throws Refusal when it is no bundle at all. */
export async function verifyBundle(
  folder: string,
  { trackingCode, signedBy, keyFile }: VerifyOptions = {},
): Promise<Verification> {
  const { raw, value: certificate } = await readJson(folder, BUNDLE_FILES.certificate, Certificate);
  const { value: signature } = await readJson(folder, BUNDLE_FILES.signature, CertificateSignature);
  const { definition, publicKey } = certificate;

  const key = await readKey(keyFile ?? join(folder, BUNDLE_FILES.ballotKey));
  if (keyFile !== undefined && key === undefined) throw new Refusal(`${keyFile}: cannot be read.`);
  const isKey = key !== null && key !== undefined && publicKeyOf(importPrivateKey(key)) === publicKey;
  const mustHaveKey = definition.verification === "public" || keyFile !== undefined;
  const keyCheck: Check = {
    name: "ballot key",
    isTrue: key === undefined && !mustHaveKey ? undefined : isKey,
    said: isKey
      ? "is the one the ballots were sealed to"
      : key === undefined
        ? mustHaveKey
          ? "is missing"
          : "is with the auditors"
        : "is not the one the ballots were sealed to",
  };

  const file = join(folder, BUNDLE_FILES.ballotBox);
  await access(file).catch(() => {
    throw new Refusal(`${folder}: this is no certified election, ${BUNDLE_FILES.ballotBox} cannot be read.`);
  });
  const sought = trackingCode === undefined ? undefined : normaliseTrackingCode(trackingCode);
  const open = isKey ? openerFor(definition, key) : undefined;
  const box = await countBox(linesOf(file), definition, open, sought);

  const contradicted = contradictions(certificate);
  const addUp: Check = {
    name: "counts add up",
    isTrue: contradicted.length === 0,
    said: contradicted.length === 0 ? countsInWords(certificate) : contradicted.join("; "),
  };
  return {
    checks: [
      signatureCheck(raw, signature, signedBy),
      addUp,
      ...boxChecks(certificate, box),
      keyCheck,
      ...countChecks(certificate, box),
    ],
    found: sought === undefined ? undefined : box.found,
  };
}

function countsInWords({ counts }: Certificate): string {
  const { onRoll, cast, counted, blank, spoiled, duplicates, invalid } = counts;
  return `${onRoll} on the roll; ${cast} cast = ${counted} counted + ${blank} blank + ${spoiled} spoiled; refused: ${duplicates} duplicates, ${invalid} invalid`;
}

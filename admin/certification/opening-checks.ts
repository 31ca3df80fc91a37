import { BUNDLE_FILES, readIfThere } from "#admin/certification/bundle-files.ts";
import type { Check, OpeningFault } from "#admin/certification/check.ts";
import { fingerprintOf, isSigned } from "#admin/certification/signing-key.ts";
import type { Certificate } from "#core/ballot-box.ts";
import { canonicalJson, canonicalText } from "#core/canonical-json.ts";
import type { CertificateSignature } from "#core/certificate-signature.ts";
import { contestRegionIds } from "#core/contest.ts";
import { Opening, RollChanges } from "#core/opening.ts";
import { sha256Hex } from "#storage/stated-opening.ts";

/** Checking a certificate against what was fixed before voting opened. */

type Roll = Pick<Certificate, "onRoll" | "rollRoot">;

/** Whether two SHA-256 in hexadecimal are the same, however they are grouped. */
function isSameSha256(one: string, other: string): boolean {
  const bare = (text: string): string => text.replaceAll(/\s/g, "").toLowerCase();
  return bare(one) === bare(other);
}

function openingFault(
  { statement, signature }: Opening,
  sha256: string,
  signer: CertificateSignature,
  expected: string | undefined,
): OpeningFault | undefined {
  if (!isSigned(statement, signature)) return "not-signed";
  if (signature.publicKey !== signer.publicKey || statement.signingKey !== fingerprintOf(signer)) {
    return "another-signer";
  }
  if (expected === undefined) return "not-asked-for";
  return isSameSha256(expected, sha256) ? undefined : "another";
}

function definitionCheck({ statement }: Opening, { definition }: Certificate): Check {
  const stated = new Map<string, unknown>(Object.entries(statement.definition));
  const certified = new Map<string, unknown>(Object.entries(definition));
  const differs = (name: string): boolean =>
    name === "closesAt"
      ? Date.parse(definition.closesAt) < Date.parse(statement.definition.closesAt)
      : canonicalJson(stated.get(name) ?? null) !== canonicalJson(certified.get(name) ?? null);
  const fields = [...new Set([...stated.keys(), ...certified.keys()])].filter(differs);
  const closing = { stated: statement.definition.closesAt, certified: definition.closesAt };
  return { name: "definition", isTrue: fields.length === 0, finding: { kind: "definition", fields, closing } };
}

/** Whether each change names the statement before it, and the opening's key signed it. */
function isChain(opening: Opening, sha256: string, changes: RollChanges): boolean {
  let previous = sha256;
  return changes.every((change) => {
    const { statement, signature } = change;
    const follows = statement.previous === previous && signature.publicKey === opening.signature.publicKey;
    previous = sha256Hex(canonicalText(change));
    return follows && isSigned(statement, signature);
  });
}

const votersOn = ({ onRoll }: Roll): number => Object.values(onRoll).reduce((sum, count) => sum + count, 0);

/**
 * A roll that was changed after the opening rests on the officer's word: nothing shows beforehand what was added, so the check
 * counts as one that could not be made.
 */
function rollCheck(opening: Opening, sha256: string, changes: RollChanges, certificate: Certificate): Check {
  const last: Roll = changes.at(-1)?.statement ?? opening.statement;
  const differing = [...new Set([...Object.keys(last.onRoll), ...Object.keys(certificate.onRoll)])].filter(
    (regionId) => (last.onRoll[regionId] ?? 0) !== (certificate.onRoll[regionId] ?? 0),
  );
  const fits = isChain(opening, sha256, changes) && last.rollRoot === certificate.rollRoot && differing.length === 0;
  return {
    name: "roll",
    isTrue: fits && changes.length > 0 ? undefined : fits,
    finding: {
      kind: "roll",
      regions: differing,
      stated: votersOn(opening.statement),
      certified: votersOn(certificate),
      changes: changes.length,
    },
  };
}

/** What must hold of every certificate, whatever was stated. */
function plainChecks({ certifiedAt, definition, onRoll }: Certificate): readonly Check[] {
  const regionIds = contestRegionIds(definition);
  const unknown = Object.keys(onRoll).filter((regionId) => !regionIds.includes(regionId));
  const { closesAt } = definition;
  return [
    {
      name: "times",
      isTrue: Date.parse(certifiedAt) >= Date.parse(closesAt),
      finding: { kind: "times", certifiedAt, closesAt },
    },
    { name: "regions of the roll", isTrue: unknown.length === 0, finding: { kind: "roll-regions", unknown } },
  ];
}

/** @param expected the SHA-256 of the opening statement, as it was published before voting */
export async function openingChecks(
  folder: string,
  certificate: Certificate,
  signature: CertificateSignature,
  expected: string | undefined,
): Promise<readonly Check[]> {
  const opening = await readIfThere(folder, BUNDLE_FILES.opening, Opening);
  if (opening === undefined) {
    const isTrue = expected === undefined ? undefined : false;
    const finding = { kind: "opening", fault: "missing", sha256: undefined } as const;
    return [{ name: "opening", isTrue, finding }, ...plainChecks(certificate)];
  }
  const changes = (await readIfThere(folder, BUNDLE_FILES.rollChanges, RollChanges)) ?? [];
  const sha256 = sha256Hex(canonicalText(opening));
  const fault = openingFault(opening, sha256, signature, expected);
  const { publicKey: stated } = opening.statement;
  const { publicKey: certified } = certificate;
  return [
    {
      name: "opening",
      isTrue: fault === "not-asked-for" ? undefined : fault === undefined,
      finding: { kind: "opening", fault, sha256 },
    },
    definitionCheck(opening, certificate),
    { name: "public key", isTrue: stated === certified, finding: { kind: "sealed-to", stated, certified } },
    rollCheck(opening, sha256, changes, certificate),
    ...plainChecks(certificate),
  ];
}

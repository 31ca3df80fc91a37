import { BUNDLE_FILES, type Canonical, readIfThere } from "#admin/certification/bundle-files.ts";
import type { ChangeFault, Check, OpeningFault, TimeFault } from "#admin/certification/check.ts";
import type { Certificate } from "#core/ballot-box.ts";
import { canonicalJson, canonicalText } from "#core/canonical-json.ts";
import type { CertificateSignature } from "#core/certificate-signature.ts";
import { signedActs } from "#core/certified-acts.ts";
import { contestRegionIds } from "#core/contest.ts";
import { correctionFault } from "#core/corrections.ts";
import type { ElectionDefinition } from "#core/election.ts";
import {
  type Change,
  type ChangeStatement,
  Changes,
  inForce,
  isOfRoll,
  Opening,
  type RollCommitment,
} from "#core/opening.ts";
import { sha256Hex } from "#storage/definition-parts.ts";
import { fingerprintOf, isSigned } from "#storage/signing-key.ts";

/** Checking a certificate against what was fixed before voting opened, and what was changed since. */

/** What was signed, as it stands in the file. */
const statementIn = (json: unknown): unknown => (json as { statement: unknown }).statement;

/** Lots are drawn after closing: one stated before could give seats away unseen, since the chain tells of later ones only. */
const holdsLaterActs = (definition: ElectionDefinition): boolean =>
  definition.cancelled !== undefined || (definition.votingMethod !== "referendum" && definition.lots !== undefined);

function openingFault(
  { value: { statement, signature }, json }: Canonical<Opening>,
  sha256: string,
  certificate: Certificate,
  signer: CertificateSignature,
  expected: string | undefined,
): OpeningFault | undefined {
  if (!isSigned(statementIn(json), signature)) return "not-signed";
  if (signature.publicKey !== signer.publicKey || statement.signingKey !== fingerprintOf(signer)) {
    return "another-signer";
  }
  if (certificate.opening !== sha256) return "not-certified";
  if (holdsLaterActs(statement.definition)) return "holds-later-acts";
  if (expected === undefined) return "not-asked-for";
  return sha256.startsWith(expected) ? undefined : "another";
}

/** @param expected what is in force after all changes */
function definitionCheck({ statement }: Opening, expected: ElectionDefinition, { definition }: Certificate): Check {
  const stated = new Map<string, unknown>(Object.entries(expected));
  const certified = new Map<string, unknown>(Object.entries(definition));
  const differs = (name: string): boolean =>
    canonicalJson(stated.get(name) ?? null) !== canonicalJson(certified.get(name) ?? null);
  const fields = [...new Set([...stated.keys(), ...certified.keys()])].filter(differs);
  const closing = { stated: statement.definition.closesAt, certified: definition.closesAt };
  return { name: "definition", isTrue: fields.length === 0, finding: { kind: "definition", fields, closing } };
}

type Before = Readonly<{ sha256: string; statedAt: string; firstClosesAt: string; definition: ElectionDefinition }>;

type OfTimes = Extract<ChangeStatement, { kind: "extension" | "extension-taken-back" | "postponement" }>;

/** What is wrong with moved times, given those before. */
function timesFault(statement: OfTimes, before: Before): ChangeFault | undefined {
  const [closesMs, statedMs] = [Date.parse(statement.closesAt), Date.parse(statement.statedAt)];
  switch (statement.kind) {
    case "extension":
      return closesMs > Date.parse(before.definition.closesAt) ? undefined : "not-later";
    case "extension-taken-back":
      if (closesMs < Date.parse(before.firstClosesAt)) return "before-first-closing";
      return closesMs > statedMs && closesMs < Date.parse(before.definition.closesAt) ? undefined : "not-ahead";
    case "postponement":
      if (statedMs >= Date.parse(before.definition.opensAt)) return "after-opening";
      return Date.parse(statement.opensAt) > Date.parse(before.definition.opensAt) ? undefined : "not-later";
    default:
      return statement satisfies never;
  }
}

/** What is wrong with a change, given what was in force before it. */
function changeFault(
  { statement, signature }: Change,
  json: unknown,
  opening: Opening,
  before: Before,
): ChangeFault | undefined {
  if (!isSigned(statementIn(json), signature)) return "not-signed";
  if (signature.publicKey !== opening.signature.publicKey) return "another-signer";
  if (statement.previous !== before.sha256) return "does-not-follow";
  if (Date.parse(statement.statedAt) < Date.parse(before.statedAt)) return "out-of-order";
  const isLate = Date.parse(statement.statedAt) >= Date.parse(before.definition.closesAt);
  if (isLate && statement.kind !== "late-roll" && statement.kind !== "lot") return "after-closing";
  const { definition } = opening.statement;
  const stands = (id: string): boolean =>
    definition.votingMethod !== "referendum" && definition.candidates.some(({ candidateId }) => candidateId === id);
  switch (statement.kind) {
    case "extension":
    case "extension-taken-back":
    case "postponement":
      return timesFault(statement, before);
    case "correction":
      return correctionFault(definition, before.definition, statement.corrected);
    case "withdrawal":
      return stands(statement.candidateId) ? undefined : "unknown-candidate";
    case "cancellation":
      return "cancelled";
    case "lot": {
      const { regionId, order } = statement.lot;
      if (!isLate) return "lot-before-closing";
      if (regionId !== null && !contestRegionIds(definition).includes(regionId)) return "unknown-region";
      return order.every(stands) ? undefined : "unknown-candidate";
    }
    default: {
      const regionIds = new Set(contestRegionIds(definition));
      return Object.keys(statement.onRoll).every((regionId) => regionIds.has(regionId)) ? undefined : "unknown-region";
    }
  }
}

/**
 * Whether each change names the statement before it, is dated after it and before closing, and is signed with its key. A roll that
 * was signed after closing rests on the officer's word, and so do withdrawals and corrections, which whoever signs can date back once
 * the count is known, unless one that was published is as new: the check then counts as one that could not be made. The newest changes
 * could be left out unseen, unless one is known from elsewhere.
 * @param published the SHA-256 of a change that must be among them
 */
function changesCheck(
  opening: Opening,
  sha256: string,
  read: Canonical<readonly Change[]> | undefined,
  published: string | undefined,
): Check {
  const statements = (read?.value ?? []).map(({ statement }) => statement);
  const lateRolls = statements.filter(({ kind }) => kind === "late-roll").length;
  const { times: extensions, ...others } = signedActs(statements);
  const counts = { extensions, ...others, lateRolls };
  /** @param known how many changes are as old as the published one, at most */
  const check = (fault: ChangeFault | "missing" | undefined, change?: number, known = 0): Check => {
    const mayBeDatedBack = ({ kind }: ChangeStatement): boolean => kind === "withdrawal" || kind === "correction";
    const unpublished = statements.slice(known).filter(mayBeDatedBack).length;
    return {
      name: "changes",
      isTrue: fault === undefined && lateRolls + unpublished > 0 ? undefined : fault === undefined,
      finding: { kind: "changes", fault, change, ...counts, unpublished },
    };
  };
  if (read === undefined) return check("missing");
  let before: Before = { sha256, statedAt: opening.statement.statedAt, ...inForce(opening, []) };
  const chain = [sha256];
  for (const [index, change] of read.value.entries()) {
    const json: unknown = (read.json as readonly unknown[])[index];
    const fault = changeFault(change, json, opening, before);
    if (fault !== undefined) return check(fault, index + 1);
    const { statement } = change;
    before = {
      ...{ sha256: sha256Hex(canonicalText(json)), statedAt: statement.statedAt },
      ...inForce(opening, read.value.slice(0, index + 1)),
    };
    chain.push(before.sha256);
  }
  if (published === undefined) return check(undefined);
  const known = chain.indexOf(published);
  return known === -1 ? check("published-missing") : check(undefined, undefined, known);
}

/** What is wrong with the opening's signature or with the changes after it, before anything is certified. */
export function changesFaults(read: Canonical<Opening>, chain: Canonical<readonly Change[]>): readonly string[] {
  const { value: opening, json, text } = read;
  const { statement, signature } = opening;
  if (!isSigned(statementIn(json), signature) || statement.signingKey !== fingerprintOf(signature)) {
    return ["the opening's signature does not fit"];
  }
  if (holdsLaterActs(statement.definition)) return ["the opening holds what can only come after it"];
  const { finding } = changesCheck(opening, sha256Hex(text), chain, undefined);
  const fault = finding.kind === "changes" ? finding.fault : undefined;
  return fault === undefined ? [] : [`a change after the opening: ${fault.replaceAll("-", " ")}`];
}

const votersOn = ({ onRoll }: Pick<RollCommitment, "onRoll">): number =>
  Object.values(onRoll).reduce((sum, count) => sum + count, 0);

/**
 * A roll that was changed after the opening rests on the officer's word: nothing shows beforehand what was added, so the check
 * counts as one that could not be made.
 */
function rollCheck(opening: Opening, changes: readonly Change[], certificate: Certificate): Check {
  const { roll } = inForce(opening, changes);
  const stated = new Map(Object.entries(roll.onRoll));
  const certified = new Map(Object.entries(certificate.onRoll));
  const differing = [...new Set([...stated.keys(), ...certified.keys()])].filter(
    (regionId) => (stated.get(regionId) ?? 0) !== (certified.get(regionId) ?? 0),
  );
  const isStruckAsStated =
    roll.struck === undefined || canonicalJson(roll.struck) === canonicalJson(certificate.struck ?? null);
  const fits = roll.rollRoot === certificate.rollRoot && differing.length === 0 && isStruckAsStated;
  const rolls = changes.filter(({ statement }) => isOfRoll(statement)).length;
  return {
    name: "roll",
    isTrue: fits && rolls > 0 ? undefined : fits,
    finding: {
      kind: "roll",
      regions: differing,
      stated: votersOn(opening.statement),
      certified: votersOn(certificate),
      changes: rolls,
      struck: certificate.struck,
    },
  };
}

/** Lots that were drawn rest on the word of those who were there, so the check counts as one that could not be made. */
function lotsCheck(changes: readonly Change[]): readonly Check[] {
  const lots = changes.flatMap(({ statement }) =>
    statement.kind === "lot" ? [{ ...statement.lot, witnesses: statement.witnesses, by: statement.by }] : [],
  );
  return lots.length === 0 ? [] : [{ name: "lots", isTrue: undefined, finding: { kind: "lots", lots } }];
}

/** What the office recorded beside the chain rests on its word, and is only told. */
function actsCheck(changes: readonly Change[], { acts }: Certificate): readonly Check[] {
  if (acts === undefined) return [];
  const signed = signedActs(changes.map(({ statement }) => statement));
  const isTrue = canonicalJson(signed) === canonicalJson(acts.signed);
  return [{ name: "acts", isTrue, finding: { kind: "acts", certified: acts, signed } }];
}

function timesCheck(
  { certifiedAt, definition: { opensAt, closesAt } }: Certificate,
  opening: Opening | undefined,
  changes: readonly Change[],
): Check {
  const statedAt = opening?.statement.statedAt;
  const isAfter = (one: string | undefined, other: string): boolean =>
    one !== undefined && Date.parse(one) > Date.parse(other);
  const faults: TimeFault[] = [];
  if (isAfter(closesAt, certifiedAt)) faults.push("certified-before-closing");
  if (isAfter(statedAt, opening?.statement.definition.opensAt ?? opensAt)) faults.push("stated-after-opening");
  if (changes.some(({ statement }) => isAfter(statement.statedAt, certifiedAt))) {
    faults.push("changed-after-certification");
  }
  return {
    name: "times",
    isTrue: faults.length === 0,
    finding: { kind: "times", faults, statedAt, opensAt, closesAt, certifiedAt },
  };
}

/** What must hold of every certificate, whatever was stated. */
function regionsCheck({ definition, onRoll }: Certificate): Check {
  const regionIds = contestRegionIds(definition);
  const unknown = Object.keys(onRoll).filter((regionId) => !regionIds.includes(regionId));
  return { name: "regions of the roll", isTrue: unknown.length === 0, finding: { kind: "roll-regions", unknown } };
}

/** @param expected digits, as digitsOf reads them, of the opening statement's SHA-256 as it was published before voting */
export async function openingChecks(
  folder: string,
  certificate: Certificate,
  signature: CertificateSignature,
  expected: string | undefined,
  change: string | undefined,
): Promise<readonly Check[]> {
  const read = await readIfThere(folder, BUNDLE_FILES.opening, Opening);
  if (read === undefined) {
    const finding = { kind: "opening", fault: "missing", sha256: undefined, named: expected?.length } as const;
    return [
      { name: "opening", isTrue: false, finding },
      timesCheck(certificate, undefined, []),
      regionsCheck(certificate),
    ];
  }
  const { value: opening, text } = read;
  const chain = await readIfThere(folder, BUNDLE_FILES.changes, Changes);
  const changes = chain?.value ?? [];
  const sha256 = sha256Hex(text);
  const fault = openingFault(read, sha256, certificate, signature, expected);
  const { publicKey: stated } = opening.statement;
  const { publicKey: certified } = certificate;
  return [
    {
      name: "opening",
      isTrue: fault === "not-asked-for" ? undefined : fault === undefined,
      finding: { kind: "opening", fault, sha256, named: expected?.length },
    },
    changesCheck(opening, sha256, chain, change),
    definitionCheck(opening, inForce(opening, changes).definition, certificate),
    { name: "public key", isTrue: stated === certified, finding: { kind: "sealed-to", stated, certified } },
    rollCheck(opening, changes, certificate),
    ...actsCheck(changes, certificate),
    ...lotsCheck(changes),
    timesCheck(certificate, opening, changes),
    regionsCheck(certificate),
  ];
}

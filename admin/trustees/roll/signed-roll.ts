import { join } from "node:path";
import { readClosed } from "#admin/trustees/close.ts";
import { type CeremonyFolder, readFolder } from "#admin/trustees/folder.ts";
import { readIfThere } from "#admin/trustees/read-file.ts";
import type { RollFigures } from "#admin/trustees/roll/roll-file.ts";
import { canonicalJson } from "#core/canonical-json.ts";
import { EnglishRefusal } from "#core/english-refusal.ts";
import { trusteeNumbers } from "#core/trustees/ceremony/proposal.ts";
import type { Ceremony } from "#core/trustees/ceremony/record-shape.ts";
import { RegistrarRoll, type RollStatement, type SignedRoll, TrusteeRoll } from "#core/trustees/roll/shape.ts";
import { registrarFaults, type SignedRollFault, signedRollFaults } from "#core/trustees/roll/signed-roll.ts";
import { nodeTrustees } from "#storage/trustee-engine.ts";

/** Who signed the roll, in the folder of a ceremony: a file by the registrar, and one by each trustee. */

export const registrarRollPath = (folder: string): string => join(folder, "roll.json");
export const trusteeRollPath = (folder: string, trustee: number): string =>
  join(folder, `roll-trustee-${trustee}.json`);

/** A ceremony that is closed, and what of it there is of the roll. */
export type RollFolder = Readonly<{ folder: CeremonyFolder; ceremony: Ceremony }>;

export async function openRollFolder(path: string): Promise<RollFolder> {
  const folder = await readFolder(path);
  return { folder, ceremony: await readClosed(folder) };
}

function sentenceFor(path: string, { trustees }: Ceremony, fault: SignedRollFault): string {
  const sign = `scrutin trustee sign-roll ${path} roll.txt --key FILE`;
  switch (fault.kind) {
    case "foreign":
      return `${registrarRollPath(path)}: this is the roll of another election or ceremony. Ask the registrar for the one of this folder.`;
    case "registrar":
      return `${registrarRollPath(path)}: the registrar's signature does not fit: it was altered. Ask the registrar for it again.`;
    case "trustee": {
      const name = trustees[fault.trustee - 1]?.name ?? "unknown";
      return `${trusteeRollPath(path, fault.trustee)} (trustee ${fault.trustee}, ${name}): this does not sign this roll. Take it away; that trustee signs again: ${sign}.`;
    }
    case "too-few":
      return `${path}: ${fault.signed} of the ${fault.needed} trustees who are needed have signed the roll. Next: ${sign}.`;
    default:
      return fault satisfies never;
  }
}

function refuse(path: string, ceremony: Ceremony, faults: readonly SignedRollFault[]): void {
  if (faults.length === 0) return;
  throw new EnglishRefusal(faults.map((fault) => sentenceFor(path, ceremony, fault)).join("\n"));
}

/** What the registrar signed. Throws Refusal when it is not there, altered, or of another ceremony. */
export async function readRegistrarRoll({ folder: { folder }, ceremony }: RollFolder): Promise<RegistrarRoll> {
  const path = registrarRollPath(folder);
  const roll = await readIfThere(path, "a registrar's statement of a roll", RegistrarRoll);
  if (roll === undefined) {
    throw new EnglishRefusal(`${path}: there is no such file. scrutin registrar cards writes it.`);
  }
  refuse(folder, ceremony, registrarFaults(nodeTrustees.verify, ceremony, roll));
  return roll;
}

/** What there is of the trustees' signatures, in the order of their numbers. */
async function readSignatures({ folder: { folder, proposal } }: RollFolder): Promise<SignedRoll["trustees"]> {
  const found: { trustee: number; signature: string }[] = [];
  for (const number of trusteeNumbers(proposal)) {
    const path = trusteeRollPath(folder, number);
    const signed = await readIfThere(path, "a trustee's signature under a roll", TrusteeRoll);
    if (signed === undefined) continue;
    if (signed.trustee !== number) {
      throw new EnglishRefusal(`${path}: this is the signature of trustee ${signed.trustee}: files were swapped.`);
    }
    found.push({ trustee: number, signature: signed.signature });
  }
  return found;
}

/** The signed roll as far as it is. Throws Refusal for a signature that is false. */
export async function readSignedSoFar(opened: RollFolder): Promise<SignedRoll> {
  const roll = { ...(await readRegistrarRoll(opened)), trustees: await readSignatures(opened) };
  const faults = signedRollFaults(nodeTrustees.verify, opened.ceremony, roll);
  refuse(
    opened.folder.folder,
    opened.ceremony,
    faults.filter(({ kind }) => kind !== "too-few"),
  );
  return roll;
}

/** The signed roll. Throws Refusal for a signature that is false, and while too few trustees have signed. */
export async function readSignedRoll(opened: RollFolder): Promise<SignedRoll> {
  const roll = await readSignedSoFar(opened);
  refuse(opened.folder.folder, opened.ceremony, signedRollFaults(nodeTrustees.verify, opened.ceremony, roll));
  return roll;
}

/** Throws Refusal when a file is not the roll that was signed. */
export function requireSigned(file: string, found: RollFigures, { registrar, onRoll, rollRoot }: RollStatement): void {
  if (found.rollRoot === rollRoot && canonicalJson(found.onRoll) === canonicalJson(onRoll)) return;
  throw new EnglishRefusal(
    `${file}: this is not the roll that ${registrar.name} signed: a voter key was added, left out or changed. Ask the registrar for the file again.`,
  );
}

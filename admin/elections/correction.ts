import type { Connection } from "#admin/connection/connection.ts";
import { biographyCorrections, storedBiography } from "#admin/elections/biography-corrections.ts";
import { recordSigned } from "#admin/elections/opening.ts";
import { requireStored } from "#admin/elections/registered.ts";
import { canonicalJson } from "#core/canonical-json.ts";
import { phaseAt } from "#core/contest.ts";
import {
  type Corrected,
  correctionFault,
  correctionsBetween,
  hasPlace,
  shownText,
  textAt,
  withCorrections,
} from "#core/corrections.ts";
import { describeFault } from "#core/definition-faults.ts";
import { ElectionDefinition } from "#core/election.ts";
import { withActsOf } from "#core/officers-acts.ts";
import { Refusal } from "#core/refusal.ts";
import { keepApart, withoutBiographies } from "#storage/biographies.ts";
import { changedFields } from "#storage/definition-change.ts";
import { changedMeanwhile, stateChange } from "#storage/election-changes.ts";
import type { StateChange, Stored } from "#storage/registered-elections.ts";
import type { StatedOpening } from "#storage/stated-opening.ts";

/** Correcting texts of a definition that its opening fixed: what voters read, never what they vote on. */

export type CorrectionOptions = Readonly<{ who: string; reason?: string; atMs?: number }>;

/** What a file asks for, beside the biographies that are kept apart and those of them in which it differs. */
async function askedOf(
  connection: Connection,
  before: ElectionDefinition,
  file: ElectionDefinition,
): Promise<Readonly<{ asked: ElectionDefinition; biographies: readonly Corrected[] }>> {
  const isRace = before.votingMethod !== "referendum" && file.votingMethod !== "referendum";
  if (!isRace || before.biographies === undefined) return { asked: keepApart(file).definition, biographies: [] };
  const biographies = await biographyCorrections(connection, before, file);
  return { asked: { ...withoutBiographies(file), biographies: before.biographies }, biographies };
}

type Correctable = Readonly<{ stored: Stored; before: ElectionDefinition; opening: StatedOpening }>;

/** Throws Refusal before the opening is stated, and after closing. */
async function requireCorrectable(connection: Connection, electionId: string, atMs: number): Promise<Correctable> {
  const stored = await requireStored(connection, electionId);
  const { definition: before, opening } = stored.election;
  if (opening === undefined) {
    throw new Refusal(
      `The opening of election ${electionId} is not stated yet: apply the definition as it is to be.`,
      `L’énoncé d’ouverture de l’élection ${electionId} n’est pas encore fait\u00a0: appliquez la définition telle qu’elle doit être.`,
    );
  }
  if (phaseAt(before, atMs) === "closed") {
    throw new Refusal(
      `Voting in election ${electionId} has closed: its texts can no longer be corrected.`,
      `Le vote est terminé pour l’élection ${electionId}\u00a0: ses textes ne peuvent plus être corrigés.`,
    );
  }
  return { stored, before, opening };
}

/** Throws Refusal where nothing differs, and where somebody would get another candidate's name. */
async function recordCorrected(
  connection: Connection,
  { stored, before, opening }: Correctable,
  corrected: readonly Corrected[],
  { who, reason, atMs = Date.now() }: CorrectionOptions,
): Promise<Readonly<{ record: StateChange; newest: string }>> {
  const { electionId } = before;
  if (corrected.length === 0) {
    throw new Refusal(
      `Election ${electionId} has these names and texts already.`,
      `L’élection ${electionId} a déjà ces noms et ces textes.`,
    );
  }
  if (correctionFault(opening.opening.statement.definition, before, corrected) !== undefined) {
    throw new Refusal(
      `Election ${electionId}: nobody can be given the name of another candidate, nor a party that of another.`,
      `Élection ${electionId}\u00a0: personne ne peut recevoir le nom d’une autre candidature, ni un parti celui d’un autre.`,
    );
  }
  const after = withCorrections(before, corrected, new Date(atMs).toISOString());
  const parsed = ElectionDefinition.safeParse(after);
  if (!parsed.success) throw Refusal.ofEach(parsed.error.issues.map((issue) => describeFault(issue, after)));
  const told = corrected.map(({ of, from, to }) => `${of} from “${shownText(from, "en")}” to “${shownText(to, "en")}”`);
  const why = reason === undefined ? "reason not given" : `reason: ${reason}`;
  const record = stateChange(`corrected ${told.join(", ")}; ${why}`, { who, atMs });
  const change = {
    kind: "correction" as const,
    corrected: [...corrected],
    by: who,
    ...(reason !== undefined && { reason }),
  };
  const newest = await recordSigned(connection, stored, opening, change, record, { definition: parsed.data });
  if (newest !== undefined) return { record, newest };
  throw changedMeanwhile(electionId);
}

/**
 * Corrects the texts in which a definition differs from the registered one. Throws Refusal where it differs in anything else, where
 * somebody would get another candidate's name, before the opening is stated, and after closing.
 */
export async function correctElection(
  connection: Connection,
  file: ElectionDefinition,
  options: CorrectionOptions,
): Promise<Readonly<{ record: StateChange; newest: string }>> {
  const { electionId } = file;
  const { atMs = Date.now() } = options;
  const correctable = await requireCorrectable(connection, electionId, atMs);
  const { before } = correctable;
  const { asked, biographies } = await askedOf(connection, before, file);
  const corrected = [...correctionsBetween(before, asked), ...biographies];
  const after = corrected.length === 0 ? before : withCorrections(before, corrected, new Date(atMs).toISOString());
  // The file may have the times as they were first.
  const { opensAt, closesAt } = before;
  const others = changedFields(after, { ...withActsOf(after, asked), opensAt, closesAt });
  if (others.length > 0) {
    throw new Refusal(
      `Election ${electionId}: ${others.join(", ")} cannot change. Only how names are spelt, biographies, summary and contact can be corrected.`,
      `Élection ${electionId}\u00a0: ${others.join(", ")} ne peut pas changer. Seuls l’orthographe des noms, les biographies, le résumé et le contact se corrigent.`,
    );
  }
  return recordCorrected(connection, correctable, corrected, { ...options, atMs });
}

/** What stands in a place of a registered definition, also where it is a biography that is kept apart. */
async function textIn(
  connection: Connection,
  definition: ElectionDefinition,
  place: string,
): Promise<Corrected["from"]> {
  const [, candidateId = ""] = place.split(".");
  const there = textAt(definition, place);
  if (there !== null || definition.votingMethod === "referendum" || !place.endsWith(".bio")) return there;
  return storedBiography(connection, definition, candidateId);
}

/** As correctElection, with the texts themselves in place of a definition: each where it is to stand. */
export async function correctTexts(
  connection: Connection,
  electionId: string,
  texts: readonly Pick<Corrected, "of" | "to">[],
  options: CorrectionOptions,
): Promise<Readonly<{ record: StateChange; newest: string }>> {
  const { atMs = Date.now() } = options;
  const correctable = await requireCorrectable(connection, electionId, atMs);
  const { before } = correctable;
  const nowhere = texts.find(({ of }) => !hasPlace(before, of));
  if (nowhere !== undefined) {
    throw new Refusal(
      `Election ${electionId} has no ${nowhere.of} that could be corrected.`,
      `L’élection ${electionId} n’a pas de ${nowhere.of} à corriger.`,
    );
  }
  const corrected: Corrected[] = [];
  for (const { of, to } of texts) {
    const from = await textIn(connection, before, of);
    if (canonicalJson(from) !== canonicalJson(to)) corrected.push({ of, from, to });
  }
  return recordCorrected(connection, correctable, corrected, { ...options, atMs });
}

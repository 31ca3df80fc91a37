import type { Connection } from "#admin/connection/connection.ts";
import { biographyCorrections } from "#admin/elections/biography-corrections.ts";
import { recordSigned } from "#admin/elections/opening.ts";
import { requireStored } from "#admin/elections/registered.ts";
import { phaseAt } from "#core/contest.ts";
import { type Corrected, correctionFault, correctionsBetween, shownText, withCorrections } from "#core/corrections.ts";
import { ElectionDefinition } from "#core/election.ts";
import { withActsOf } from "#core/officers-acts.ts";
import { Refusal } from "#core/refusal.ts";
import { keepApart, withoutBiographies } from "#storage/biographies.ts";
import { changedFields } from "#storage/definition-change.ts";
import { stateChange } from "#storage/election-changes.ts";
import type { StateChange } from "#storage/registered-elections.ts";

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

/**
 * Corrects the texts in which a definition differs from the registered one. Throws Refusal where it differs in anything else, where
 * somebody would get another candidate's name, before the opening is stated, and after closing.
 */
export async function correctElection(
  connection: Connection,
  file: ElectionDefinition,
  { who, reason, atMs = Date.now() }: CorrectionOptions,
): Promise<Readonly<{ record: StateChange; newest: string }>> {
  const { electionId } = file;
  const stored = await requireStored(connection, electionId);
  const { definition: before, opening } = stored.election;
  if (opening === undefined) {
    throw new Refusal(`The opening of election ${electionId} is not stated yet: apply the definition as it is to be.`);
  }
  if (phaseAt(before, atMs) === "closed") {
    throw new Refusal(`Voting in election ${electionId} has closed: its texts can no longer be corrected.`);
  }
  const { asked, biographies } = await askedOf(connection, before, file);
  const corrected = [...correctionsBetween(before, asked), ...biographies];
  const after = corrected.length === 0 ? before : withCorrections(before, corrected, new Date(atMs).toISOString());
  // The file may have the times as they were first.
  const { opensAt, closesAt } = before;
  const others = changedFields(after, { ...withActsOf(after, asked), opensAt, closesAt });
  if (others.length > 0) {
    throw new Refusal(
      `Election ${electionId}: ${others.join(", ")} cannot change. Only how names are spelt, biographies, summary and contact can be corrected.`,
    );
  }
  if (corrected.length === 0) throw new Refusal(`Election ${electionId} has these names and texts already.`);
  if (correctionFault(opening.opening.statement.definition, before, corrected) !== undefined) {
    throw new Refusal(
      `Election ${electionId}: nobody can be given the name of another candidate, nor a party that of another.`,
    );
  }
  const definition = ElectionDefinition.parse(after);
  const told = corrected.map(({ of, from, to }) => `${of} from “${shownText(from, "en")}” to “${shownText(to, "en")}”`);
  const why = reason === undefined ? "reason not given" : `reason: ${reason}`;
  const record = stateChange(`corrected ${told.join(", ")}; ${why}`, { who, atMs });
  const change = {
    kind: "correction" as const,
    corrected: [...corrected],
    by: who,
    ...(reason !== undefined && { reason }),
  };
  const newest = await recordSigned(connection, stored, opening, change, record, { definition });
  if (newest !== undefined) return { record, newest };
  throw new Refusal(`Somebody else changed election ${electionId} at the same moment: look at it and try again.`);
}

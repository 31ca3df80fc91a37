import type { Connection } from "#admin/connection/connection.ts";
import { Refusal } from "#core/refusal.ts";
import { MOST_VOTERS } from "#functions/office-roll/contract.ts";
import { type AdministeredElection, listElections } from "#storage/registered-elections.ts";

/** Voters on the roll, as it was last counted. */
export const votersOnRoll = ({ rollCounts }: Pick<AdministeredElection, "rollCounts">): number =>
  Object.values(rollCounts).reduce((sum, count) => sum + count, 0);

/**
 * Throws Refusal for what cannot be read and signed while a request waits. All rolls are in one table, and any is read by reading it all.
 * @param more rows that would come to it
 */
export async function requireSmall(connection: Connection, electionId: string, more = 0): Promise<void> {
  const elections = await listElections(connection);
  const voters = elections.reduce((sum, election) => sum + votersOnRoll(election), more);
  if (voters <= MOST_VOTERS) return;
  throw new Refusal(
    `The console keeps rolls of up to ${MOST_VOTERS.toLocaleString("en-CA")} voters, those of all elections together, and these would be ${voters.toLocaleString("en-CA")}: use the command line, scrutin roll, for election ${electionId}.`,
    `La console tient des listes d’au plus ${MOST_VOTERS.toLocaleString("fr-CA")} personnes, celles de toutes les élections ensemble, et il y en aurait ${voters.toLocaleString("fr-CA")}\u00a0: passez par la ligne de commande, scrutin roll, pour l’élection ${electionId}.`,
  );
}

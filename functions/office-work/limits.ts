import type { Connection } from "#admin/connection/connection.ts";
import type { ElectionDefinition } from "#core/election.ts";
import { Refusal } from "#core/refusal.ts";
import { ballotsIn, sumTallies } from "#core/results.ts";
import { talliesTable } from "#storage/tallies-table.ts";

/** What is too large for the quarter of an hour that a function has. */

/**
 * A sixth of what one processor recounts in that time (infra/parameters.ts, recountMemoryMegabytes). Certifying opens each envelope twice,
 * reads the roll and puts the box into the bucket; it has not been measured on Lambda.
 */
export const MOST_BALLOTS_HERE = 500_000;

/** Throws Refusal when a box is too large to be worked through here, before anything is begun. */
export async function requireFewEnough(
  connection: Connection,
  definition: ElectionDefinition,
  command: string,
  most = MOST_BALLOTS_HERE,
): Promise<void> {
  const tallies = await talliesTable(connection.dynamodb, connection.talliesTable).ofElection(definition);
  const ballots = ballotsIn(sumTallies(tallies.values()));
  if (ballots <= most) return;
  const [en, fr] = ["en-CA", "fr-CA"].map((locale) => (count: number) => count.toLocaleString(locale)) as [
    (count: number) => string,
    (count: number) => string,
  ];
  throw new Refusal(
    `The box of election ${definition.electionId} holds ${en(ballots)} ballots, and up to ${en(most)} can be worked through here, within a quarter of an hour. Use the command line: ${command}.`,
    `L’urne de l’élection ${definition.electionId} contient ${fr(ballots)} bulletins\u202f; ici, le quart d’heure imparti suffit pour ${fr(most)}. Passez par la ligne de commande\u00a0: ${command}.`,
  );
}

import type { Connection } from "#admin/connection/connection.ts";
import { phaseAt } from "#core/contest.ts";
import { electionsTable } from "#storage/elections-table.ts";
import { isDue } from "#storage/opening-statement.ts";

/** Whether the opening of an election has to be stated at an instant. Keeps the elections that it has read. */
export function dueOpenings({
  dynamodb,
  electionsTable: table,
}: Pick<Connection, "dynamodb" | "electionsTable">): (atMs: number) => Promise<boolean> {
  const elections = electionsTable(dynamodb, table);
  return async (atMs) => (await elections.list()).some((election) => isDue(election, atMs));
}

/** Whether there are elections, and voting has ended in all of them. */
export async function areAllClosed(
  { dynamodb, electionsTable: table }: Pick<Connection, "dynamodb" | "electionsTable">,
  atMs: number,
): Promise<boolean> {
  const phases = (await electionsTable(dynamodb, table).list()).map(({ definition }) => phaseAt(definition, atMs));
  return phases.length > 0 && phases.every((phase) => phase === "closed" || phase === "cancelled");
}

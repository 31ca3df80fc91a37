import type { Connection } from "#admin/connection/connection.ts";
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

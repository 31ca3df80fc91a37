import { DeleteCommand, paginateScan } from "@aws-sdk/lib-dynamodb";
import type { Connection } from "#admin/connection/connection.ts";
import { isDeletionKey } from "#storage/deleted-elections.ts";
import { inFlight } from "#storage/in-flight.ts";

/** What the tables hold of one election, and taking it out. */

/** Functions keep a definition for five seconds, and a ballot is on its way for some more. */
export const FORGOTTEN_AFTER_MS = 15_000;

/** Deletes under way at a time. */
const AT_ONCE = 64;

/** A table's items of one election: its key, and the condition by which they are found. */
type Found = Readonly<{ table: string; key: readonly string[]; filter: string; values: Record<string, string> }>;

export function itemsOf(
  connection: Connection,
  electionId: string,
): Readonly<{ roll: Found; counts: readonly Found[]; others: readonly Found[] }> {
  const { rollTable, votesTable, rejectedAttemptsTable, talliesTable, publishedTable, boardTable, electionsTable } =
    connection;
  const named = { filter: "electionId = :id", values: { ":id": electionId } };
  const prefixed = { filter: "begins_with(#key, :id)", values: { ":id": `${electionId}#` } };
  return {
    roll: { table: rollTable, key: ["hash"], ...named },
    counts: [
      { table: talliesTable, key: ["sheet", "row"], ...prefixed },
      { table: publishedTable, key: ["electionId", "part"], ...named },
    ],
    others: [
      // Also the marks of codes that were struck off.
      { table: votesTable, key: ["hash"], ...named },
      { table: rejectedAttemptsTable, key: ["bucket", "row"], ...prefixed },
      { table: boardTable, key: ["electionId", "row"], ...named },
      { table: connection.biographiesTable, key: ["text", "part"], ...prefixed },
      // The parts of its definition and of its opening.
      { table: electionsTable, key: ["electionId"], ...prefixed },
    ],
  };
}

export async function removeAll(
  { documents }: Connection,
  { table, key, filter, values }: Found,
  onRemoved: (removed: number) => void = () => {},
): Promise<void> {
  async function* keys(): AsyncGenerator<Record<string, unknown>> {
    const names = Object.fromEntries(key.map((name, index) => [index === 0 ? "#key" : `#key${index}`, name]));
    const pages = paginateScan(
      { client: documents },
      {
        TableName: table,
        ConsistentRead: true,
        FilterExpression: filter,
        ProjectionExpression: Object.keys(names).join(", "),
        ExpressionAttributeNames: names,
        ExpressionAttributeValues: values,
      },
    );
    for await (const { Items = [] } of pages) {
      yield* Items.filter((item) => !isDeletionKey(String(item.electionId ?? "")));
    }
  }
  let removed = 0;
  await inFlight(keys(), AT_ONCE, async (item) => {
    const Key = Object.fromEntries(key.map((name) => [name, item[name]]));
    await documents.send(new DeleteCommand({ TableName: table, Key }));
    onRemoved(++removed);
  });
}

/** Takes out all counts of an election. */
export async function removeCounts(connection: Connection, electionId: string): Promise<void> {
  for (const items of itemsOf(connection, electionId).counts) await removeAll(connection, items);
}

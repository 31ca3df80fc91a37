import { ConditionalCheckFailedException, DescribeTableCommand } from "@aws-sdk/client-dynamodb";
import { PutCommand, paginateScan } from "@aws-sdk/lib-dynamodb";
import type { Connection } from "#admin/connection/connection.ts";
import type { OnProgress } from "#admin/shared/progress.ts";
import { inFlight } from "#storage/in-flight.ts";

/** Refilling a table from a restored copy of it. */

/** The refillable tables and their partition keys. Tallies are recounted instead. */
const PARTITION_KEYS = {
  elections: "electionId",
  biographies: "text",
  roll: "hash",
  votes: "hash",
  board: "electionId",
  "rejected-attempts": "bucket",
} as const;
export type RefillableTable = keyof typeof PARTITION_KEYS;
export const REFILLABLE_TABLES = Object.keys(PARTITION_KEYS).sort();

export const isRefillable = (name: string): name is RefillableTable => Object.hasOwn(PARTITION_KEYS, name);

export type Refill = Readonly<{
  /** Items of the copy. */
  read: number;
  /** Those of them that were missing and were put back. */
  putBack: number;
}>;

/** Writes under way at a time. */
const AT_ONCE = 64;

/**
 * Puts back the items of a restored copy that the table lacks, and leaves all others alone: they may have changed since. Safe
 * to repeat, also during voting. Rejects when there is no such copy.
 */
export async function refillTable(
  connection: Connection,
  table: RefillableTable,
  from: string,
  { onProgress }: Readonly<{ onProgress?: OnProgress }> = {},
): Promise<Refill> {
  const { documents } = connection;
  const into = table === "rejected-attempts" ? connection.rejectedAttemptsTable : connection[`${table}Table`];
  // An estimate up to six hours old.
  const { Table } = await documents.send(new DescribeTableCommand({ TableName: from }));
  const total = Table?.ItemCount ?? 0;
  let read = 0;
  let putBack = 0;

  async function* items(): AsyncGenerator<Record<string, unknown>> {
    for await (const { Items = [] } of paginateScan({ client: documents }, { TableName: from, ConsistentRead: true })) {
      yield* Items;
    }
  }
  await inFlight(items(), AT_ONCE, async (item) => {
    read++;
    onProgress?.({ step: "putting back", done: read, total: Math.max(total, read) });
    try {
      await documents.send(
        new PutCommand({
          TableName: into,
          Item: item,
          ConditionExpression: "attribute_not_exists(#key)",
          ExpressionAttributeNames: { "#key": PARTITION_KEYS[table] },
        }),
      );
      putBack++;
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
    }
  });
  return { read, putBack };
}

import { type TransactWriteItem, TransactWriteItemsCommand } from "@aws-sdk/client-dynamodb";
import type { Connection } from "#admin/connection/connection.ts";
import { sumTallies } from "#core/results.ts";
import { SEQUENCE_NUMBER_DIGITS, tallyRowKey } from "#storage/keys.ts";
import { addingTo, type TallyRow } from "#storage/tallies-table.ts";

/** Replacing tally rows, once nothing is counted any more. */

/** A transaction holds at most 100 writes (TransactWriteItems in the DynamoDB API reference), one of them the fresh row. */
const MOST_REPLACED_AT_ONCE = 99;
const BEYOND_EVERY_SEQUENCE_NUMBER = "9".repeat(SEQUENCE_NUMBER_DIGITS);

/** The row that replaces others of a sheet, and how its counts differ from theirs, by cell. */
export type Replacement = Readonly<{
  sheet: string;
  /** What the rows count alone; empty where they count many things. */
  alone: string;
  shardId: string;
  changes: ReadonlyMap<string, number>;
}>;

/**
 * Replaces all shards' rows that count the same by a fresh one. The old rows stay, empty and behind a fence that no sequence
 * number passes, so that repeated records are not counted again. Each transaction preserves the sums until the last one
 * corrects them, and fails when a row's fence has moved since it was read.
 * @param present all rows of that sheet that count the same
 */
export async function replaceRows(
  { documents, talliesTable }: Connection,
  present: readonly TallyRow[],
  { sheet, alone, shardId, changes }: Replacement,
): Promise<void> {
  const emptied = ({ row, fence }: TallyRow): TransactWriteItem => ({
    Put: {
      TableName: talliesTable,
      Item: { sheet: { S: sheet }, row: { S: row }, lastSequenceNumber: { S: BEYOND_EVERY_SEQUENCE_NUMBER } },
      ...(fence === undefined
        ? { ConditionExpression: "attribute_not_exists(lastSequenceNumber)" }
        : {
            ConditionExpression: "lastSequenceNumber = :read",
            ExpressionAttributeValues: { ":read": { S: fence } },
          }),
    },
  });
  const addedTo = (counts: ReadonlyMap<string, number>): readonly TransactWriteItem[] => {
    const moved = new Map([...counts].filter(([, count]) => count !== 0));
    if (moved.size === 0) return [];
    const { expression, names, values } = addingTo(moved);
    return [
      {
        Update: {
          TableName: talliesTable,
          Key: { sheet: { S: sheet }, row: { S: tallyRowKey(shardId, alone) } },
          UpdateExpression: expression,
          ExpressionAttributeNames: names,
          ExpressionAttributeValues: values,
        },
      },
    ];
  };
  for (let start = 0; start === 0 || start < present.length; start += MOST_REPLACED_AT_ONCE) {
    const replaced = present.slice(start, start + MOST_REPLACED_AT_ONCE);
    const isLast = start + MOST_REPLACED_AT_ONCE >= present.length;
    const counts = sumTallies([...replaced.map((row) => row.counts), ...(isLast ? [changes] : [])]);
    await documents.send(
      new TransactWriteItemsCommand({ TransactItems: [...replaced.map(emptied), ...addedTo(counts)] }),
    );
  }
}

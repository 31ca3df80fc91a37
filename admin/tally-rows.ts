import { QueryCommand, TransactWriteCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import type { Connection } from "#admin/connection.ts";
import { contestKey, countedIn, SEQUENCE_NUMBER_DIGITS, tallyRowKey } from "#core/keys.ts";
import { type Histogram, sumHistograms } from "#core/results.ts";

/** The tally rows of a contest as an officer sees them: every shard's, to be compared and, after closing, replaced. */

const TallyRow = z.object({ row: z.string(), count: z.number().int() });
export type TallyRow = Readonly<z.infer<typeof TallyRow>>;

/** All rows of a contest, read consistently. */
export async function readTallyRows(
  { documents, talliesTable }: Connection,
  electionId: string,
  regionId: string,
): Promise<readonly TallyRow[]> {
  const rows: TallyRow[] = [];
  let start: Record<string, unknown> | undefined;
  do {
    const { Items = [], LastEvaluatedKey } = await documents.send(
      new QueryCommand({
        TableName: talliesTable,
        ConsistentRead: true,
        KeyConditionExpression: "contest = :contest",
        ExpressionAttributeValues: { ":contest": contestKey(electionId, regionId) },
        ...(start !== undefined && { ExclusiveStartKey: start }),
      }),
    );
    rows.push(...z.array(TallyRow).parse(Items));
    start = LastEvaluatedKey;
  } while (start !== undefined);
  return rows;
}

export function histogramOf(rows: readonly TallyRow[]): Histogram {
  return sumHistograms(rows.map(({ row, count }) => new Map([[countedIn(row), count]])));
}

/** A transaction holds at most 100 writes (TransactWriteItems in the DynamoDB API reference), one of them the fresh row. */
const MOST_REPLACED_AT_ONCE = 99;
const BEYOND_EVERY_SEQUENCE_NUMBER = "9".repeat(SEQUENCE_NUMBER_DIGITS);

/**
 * Puts a fresh row in the place of all rows that count one selection. The old rows stay, at 0 and behind a fence that no
 * sequence number passes, so that a record which the stream repeats is not counted a second time. Each transaction keeps
 * the sum until the last one sets it right; it fails when a row was changed since it was read.
 * @param present the contest's rows that count this selection
 */
export async function replaceRows(
  { documents, talliesTable }: Connection,
  contest: Readonly<{ electionId: string; regionId: string }>,
  present: readonly TallyRow[],
  fresh: Readonly<{ shardId: string; counted: string; count: number }>,
): Promise<void> {
  const key = contestKey(contest.electionId, contest.regionId);
  let left = fresh.count;
  for (let start = 0; start === 0 || start < present.length; start += MOST_REPLACED_AT_ONCE) {
    const replaced = present.slice(start, start + MOST_REPLACED_AT_ONCE);
    const isLast = start + MOST_REPLACED_AT_ONCE >= present.length;
    const moved = isLast ? left : replaced.reduce((sum, { count }) => sum + count, 0);
    left -= moved;
    await documents.send(
      new TransactWriteCommand({
        TransactItems: [
          ...replaced.map(({ row, count }) => ({
            Update: {
              TableName: talliesTable,
              Key: { contest: key, row },
              UpdateExpression: "SET #count = :none, lastSequenceNumber = :beyond",
              ConditionExpression: "#count = :read",
              ExpressionAttributeNames: { "#count": "count" },
              ExpressionAttributeValues: { ":none": 0, ":read": count, ":beyond": BEYOND_EVERY_SEQUENCE_NUMBER },
            },
          })),
          {
            Update: {
              TableName: talliesTable,
              Key: { contest: key, row: tallyRowKey(fresh.shardId, fresh.counted) },
              UpdateExpression: "ADD #count :moved",
              ExpressionAttributeNames: { "#count": "count" },
              ExpressionAttributeValues: { ":moved": moved },
            },
          },
        ],
      }),
    );
  }
}

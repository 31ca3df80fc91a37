import { type DynamoDBDocumentClient, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod/mini";
import { canonicalJson } from "#core/canonical-json.ts";
import type { BoxProgress } from "#core/trustees/box-progress.ts";

/** How far trustees are with a box, and whether what they opened is in the tallies: attributes of the election's item. */

const Whole = z.int().check(z.nonnegative());
const Progress = z.strictObject({ mixes: Whole, openings: Whole });

export type OpenedBox = Readonly<{
  /** Whether the opened counts stand in the tallies (opened-tallies.ts). */
  isOpened?: boolean;
  /** As it was last recorded; undefined before the first mix is. */
  boxProgress?: BoxProgress;
}>;

/** Reads what an item holds; empty where it holds nothing of the kind. */
export function openedBox({
  opened,
  boxProgress,
}: Readonly<{ opened?: string | undefined; boxProgress?: string | undefined }>): OpenedBox {
  return {
    ...(opened !== undefined && { isOpened: true }),
    ...(boxProgress !== undefined && { boxProgress: Progress.parse(JSON.parse(boxProgress)) }),
  };
}

/** Records how many mixes and openings of a box are done, for everybody to see. Tells nothing of any ballot. */
export async function recordBoxProgress(
  { documents, electionsTable }: Readonly<{ documents: DynamoDBDocumentClient; electionsTable: string }>,
  electionId: string,
  progress: BoxProgress,
): Promise<void> {
  await documents.send(
    new UpdateCommand({
      TableName: electionsTable,
      Key: { electionId },
      UpdateExpression: "SET boxProgress = :progress",
      ConditionExpression: "attribute_exists(electionId)",
      ExpressionAttributeValues: { ":progress": canonicalJson(Progress.parse(progress)) },
    }),
  );
}

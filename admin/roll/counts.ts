import { UpdateCommand } from "@aws-sdk/lib-dynamodb";
import type { Connection } from "#admin/connection/connection.ts";
import type { OnProgress } from "#admin/shared/progress.ts";
import { contestRegionIds } from "#core/contest.ts";
import type { ElectionDefinition } from "#core/election.ts";
import { readRoll } from "#storage/roll-scan.ts";

/** Counts the roll and stores the figures that turnout is measured against. Returns its voters by region. */
export async function storeRollCounts(
  connection: Connection,
  definition: ElectionDefinition,
  { expected = 0, onProgress }: Readonly<{ expected?: number; onProgress?: OnProgress | undefined }> = {},
): Promise<Record<string, number>> {
  let done = 0;
  const { onRoll, votedElsewhere } = await readRoll(
    connection,
    definition.electionId,
    async () => {},
    (items) => {
      done += items;
      onProgress?.({ step: "counting", done, total: Math.max(done, expected) });
    },
  );
  const rollCounts = {
    ...Object.fromEntries(contestRegionIds(definition).map((regionId) => [regionId, 0])),
    ...Object.fromEntries(onRoll),
  };
  await connection.documents.send(
    new UpdateCommand({
      TableName: connection.electionsTable,
      Key: { electionId: definition.electionId },
      UpdateExpression: "SET rollCounts = :rollCounts, votedElsewhere = :votedElsewhere",
      ConditionExpression: "attribute_exists(electionId)",
      ExpressionAttributeValues: { ":rollCounts": rollCounts, ":votedElsewhere": Object.fromEntries(votedElsewhere) },
    }),
  );
  return rollCounts;
}

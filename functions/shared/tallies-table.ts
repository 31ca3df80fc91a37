import {
  type AttributeValue,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  QueryCommand,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import { contestKey, countedIn } from "#core/keys.ts";
import { type Histogram, sumHistograms } from "#core/results.ts";
import { beyondFence, type Increment } from "#core/tally.ts";

export type Tallies = Readonly<{
  /** Adds an increment exactly once, however often it, or any part of it, is repeated. Answers how many ballots it added. */
  add(increment: Increment): Promise<number>;
  /** How often each selection was counted in a contest, all shards summed. */
  histogramOf(electionId: string, regionId: string): Promise<Histogram>;
}>;

export function talliesTable(client: DynamoDBClient, tableName: string): Tallies {
  /** The row's fence when it stands at or above the increment's first ballot; undefined when the increment was added. */
  const tryAdd = async ({ contest, row, sequenceNumbers }: Increment): Promise<string | undefined> => {
    const first = sequenceNumbers[0];
    const last = sequenceNumbers.at(-1);
    if (first === undefined || last === undefined) throw new RangeError("an increment holds at least one ballot");
    try {
      await client.send(
        new UpdateItemCommand({
          TableName: tableName,
          Key: { contest: { S: contest }, row: { S: row } },
          UpdateExpression: "ADD #count :count SET lastSequenceNumber = :last",
          ConditionExpression: "attribute_not_exists(lastSequenceNumber) OR lastSequenceNumber < :first",
          ExpressionAttributeNames: { "#count": "count" },
          ExpressionAttributeValues: {
            ":count": { N: String(sequenceNumbers.length) },
            ":first": { S: first },
            ":last": { S: last },
          },
          ReturnValuesOnConditionCheckFailure: "ALL_OLD",
        }),
      );
      return undefined;
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      const fence = error.Item?.lastSequenceNumber?.S;
      if (fence === undefined) throw error;
      return fence;
    }
  };

  return {
    async add(increment) {
      let left: Increment | undefined = increment;
      while (left !== undefined) {
        const fence = await tryAdd(left);
        if (fence === undefined) return left.sequenceNumbers.length;
        left = beyondFence(left, fence);
      }
      return 0;
    },

    async histogramOf(electionId, regionId) {
      const rows: Histogram[] = [];
      let start: Record<string, AttributeValue> | undefined;
      do {
        const page = await client.send(
          new QueryCommand({
            TableName: tableName,
            KeyConditionExpression: "contest = :contest",
            ExpressionAttributeValues: { ":contest": { S: contestKey(electionId, regionId) } },
            ProjectionExpression: "#row, #count",
            ExpressionAttributeNames: { "#row": "row", "#count": "count" },
            ...(start !== undefined && { ExclusiveStartKey: start }),
          }),
        );
        for (const { row, count } of page.Items ?? []) {
          rows.push(new Map([[countedIn(row?.S ?? ""), Number(count?.N ?? 0)]]));
        }
        start = page.LastEvaluatedKey;
      } while (start !== undefined);
      return sumHistograms(rows);
    },
  };
}

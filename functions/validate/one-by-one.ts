import { ConditionalCheckFailedException, type DynamoDBClient, PutItemCommand } from "@aws-sdk/client-dynamodb";
import type { BallotInsertion, Inserted } from "#storage/ballot-insertion.ts";
import type { VoteMessage } from "#storage/vote-message.ts";

/** Inserts each ballot in a request of its own, for an emulator that lacks `partiql-streams` (infra/emulator.ts). */
export function oneByOne(client: DynamoDBClient, tableName: string): BallotInsertion {
  const put = async (vote: VoteMessage): Promise<Inserted> => {
    const { hash, electionId, regionId, oneTimeKey, envelope, stamp, trackingCode, castAt, signature } = vote;
    try {
      await client.send(
        new PutItemCommand({
          TableName: tableName,
          Item: {
            hash: { S: hash },
            electionId: { S: electionId },
            regionId: { S: regionId },
            oneTimeKey: { B: oneTimeKey },
            envelope: { B: envelope },
            stamp: { B: stamp },
            trackingCode: { S: trackingCode },
            castAt: { S: castAt },
            ...(signature !== undefined && { signature: { B: signature } }),
          },
          ConditionExpression: "attribute_not_exists(#hash)",
          ExpressionAttributeNames: { "#hash": "hash" },
        }),
      );
      return "inserted";
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return "DuplicateItem";
      return error instanceof Error ? error : new Error(String(error));
    }
  };
  return (votes) => Promise.all(votes.map(put));
}

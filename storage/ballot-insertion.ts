import {
  BatchExecuteStatementCommand,
  type BatchStatementError,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  PutItemCommand,
} from "@aws-sdk/client-dynamodb";
import type { VoteMessage } from "#storage/vote-message.ts";

/** What became of one ballot: it is in the box, or why it is not, in the words of BatchExecuteStatement where it has some. */
export type Inserted = "inserted" | NonNullable<BatchStatementError["Code"]> | "no answer" | Error;

/**
 * Writes each ballot on the condition that its voter has none, for one write unit per kilobyte whether it succeeds or not.
 * @param votes at most 25, of as many voters
 * @returns what became of each, in their order
 * @throws what DynamoDB says of the request as a whole
 */
export type BallotInsertion = (votes: readonly VoteMessage[]) => Promise<readonly Inserted[]>;

/**
 * An insertion is a put on the condition that the key is not there (DynamoDB developer guide, "PartiQL insert statements"),
 * so the right to insert can replace nothing. Each of a batch succeeds or fails by itself.
 */
function inBatches(client: DynamoDBClient, tableName: string): BallotInsertion {
  const INSERT = `INSERT INTO "${tableName}" VALUE {'hash': ?, 'electionId': ?, 'regionId': ?, 'envelope': ?, 'trackingCode': ?, 'castAt': ?}`;
  const statement = (vote: VoteMessage) => {
    const before = [vote.hash, vote.electionId, vote.regionId].map((S) => ({ S }));
    const after = [vote.trackingCode, vote.castAt].map((S) => ({ S }));
    return { Statement: INSERT, Parameters: [...before, { B: vote.envelope }, ...after] };
  };
  return async (votes) => {
    const { Responses } = await client.send(new BatchExecuteStatementCommand({ Statements: votes.map(statement) }));
    return votes.map((_, index) => {
      const response = Responses?.[index];
      if (response === undefined) return "no answer";
      return response.Error === undefined ? "inserted" : (response.Error.Code ?? "no answer");
    });
  };
}

/** The same by as many requests, where a batch of insertions would never come out of the table's stream. */
function oneByOne(client: DynamoDBClient, tableName: string): BallotInsertion {
  const put = async (vote: VoteMessage): Promise<Inserted> => {
    const { hash, electionId, regionId, envelope, trackingCode, castAt } = vote;
    try {
      await client.send(
        new PutItemCommand({
          TableName: tableName,
          Item: {
            hash: { S: hash },
            electionId: { S: electionId },
            regionId: { S: regionId },
            envelope: { B: envelope },
            trackingCode: { S: trackingCode },
            castAt: { S: castAt },
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

/** @param isOneByOne at an emulator that lacks `partiql-streams` (infra/emulator.ts) */
export function ballotInsertion(client: DynamoDBClient, tableName: string, isOneByOne: boolean): BallotInsertion {
  return isOneByOne ? oneByOne(client, tableName) : inBatches(client, tableName);
}

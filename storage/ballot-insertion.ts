import { BatchExecuteStatementCommand, type BatchStatementError, type DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { VoteMessage } from "#storage/vote-message.ts";

/** A ballot's outcome: in the box, or why not, as BatchExecuteStatement says it. */
export type Inserted = "inserted" | NonNullable<BatchStatementError["Code"]> | "no answer" | Error;

/**
 * Writes each ballot on the condition that its voter has none, for one write unit per kilobyte whether it succeeds or not.
 * @param votes at most 25, of as many voters
 * @returns the outcome of each, in order
 * @throws DynamoDB's error of the request as a whole
 */
export type BallotInsertion = (votes: readonly VoteMessage[]) => Promise<readonly Inserted[]>;

/**
 * An insertion is a put on the condition that the key is not there (DynamoDB developer guide, "PartiQL insert statements"),
 * so the right to insert can replace nothing. Each one in a batch succeeds or fails alone.
 */
export function inBatches(client: DynamoDBClient, tableName: string): BallotInsertion {
  const FIELDS =
    "'hash': ?, 'electionId': ?, 'regionId': ?, 'oneTimeKey': ?, 'envelope': ?, 'stamp': ?, 'trackingCode': ?, 'castAt': ?";
  const INSERT = `INSERT INTO "${tableName}" VALUE {${FIELDS}}`;
  const INSERT_SIGNED = `INSERT INTO "${tableName}" VALUE {${FIELDS}, 'signature': ?}`;
  const statement = (vote: VoteMessage) => {
    const before = [vote.hash, vote.electionId, vote.regionId].map((S) => ({ S }));
    const after = [vote.trackingCode, vote.castAt].map((S) => ({ S }));
    const sealed = [vote.oneTimeKey, vote.envelope, vote.stamp].map((B) => ({ B }));
    const Parameters = [...before, ...sealed, ...after];
    if (vote.signature === undefined) return { Statement: INSERT, Parameters };
    return { Statement: INSERT_SIGNED, Parameters: [...Parameters, { B: vote.signature }] };
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

import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  QueryCommand,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import { outcomeOf, type Rejection, rejectedBucketKey, rejectedRowKey, rejectedRowPrefix } from "#storage/keys.ts";

/** One rejected attempt. */
export type RejectedAttempt = Readonly<{
  hash: string;
  electionId: string;
  trackingCode: string;
  castAt: string;
  outcome: Rejection;
  /** Since when the voter's code is struck off. */
  since?: string | undefined;
}>;

/** The rejected attempts of one voter's hash with one outcome. */
export type RejectedRow = Readonly<{
  outcome: Rejection;
  trackingCodes: ReadonlySet<string>;
  /** Since when the voter's code is struck off: an ISO instant. */
  since: string | undefined;
}>;

export type RejectedAttempts = Readonly<{
  /**
   * Stores a rejected attempt; the same attempt again adds nothing. Of all attempts with one voter's hash and outcome,
   * and of all their deliveries, exactly one is told that it is the first.
   */
  record(attempt: RejectedAttempt): Promise<"first" | "again">;
  /** A voter's hash's rejected attempts, a row per outcome. */
  rowsOf(electionId: string, hash: string): Promise<readonly RejectedRow[]>;
}>;

/**
 * A DynamoDB item holds at most 400 kB, of which a tracking code takes 21 bytes. Beyond this many attempts with one hash and
 * outcome only the time of the last is kept.
 */
export const MAX_ATTEMPTS_LISTED = 1000;

export function rejectedAttemptsTable(client: DynamoDBClient, tableName: string): RejectedAttempts {
  const touch = (attempt: RejectedAttempt, listed: boolean) =>
    client.send(
      new UpdateItemCommand({
        TableName: tableName,
        Key: {
          bucket: { S: rejectedBucketKey(attempt.electionId, attempt.hash) },
          row: { S: rejectedRowKey(attempt.hash, attempt.outcome) },
        },
        UpdateExpression: `SET electionId = :election, reason = :reason, firstAt = if_not_exists(firstAt, :at), lastAt = :at${
          attempt.since === undefined ? "" : ", since = :since"
        }${listed ? " ADD trackingCodes :codes" : ""}`,
        ExpressionAttributeValues: {
          ":election": { S: attempt.electionId },
          ":reason": { S: attempt.outcome },
          ":at": { S: attempt.castAt },
          ...(attempt.since !== undefined && { ":since": { S: attempt.since } }),
          ...(listed && { ":codes": { SS: [attempt.trackingCode] }, ":most": { N: String(MAX_ATTEMPTS_LISTED) } }),
        },
        ...(listed && { ReturnValues: "UPDATED_OLD" as const }),
        ...(listed && { ConditionExpression: "attribute_not_exists(trackingCodes) OR size(trackingCodes) < :most" }),
      }),
    );

  return {
    async record(attempt) {
      try {
        const { Attributes } = await touch(attempt, true);
        return Attributes?.trackingCodes === undefined ? "first" : "again";
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
        await touch(attempt, false);
        return "again";
      }
    },

    async rowsOf(electionId, hash) {
      const { Items } = await client.send(
        new QueryCommand({
          TableName: tableName,
          KeyConditionExpression: "#bucket = :bucket AND begins_with(#row, :prefix)",
          ExpressionAttributeNames: { "#bucket": "bucket", "#row": "row" },
          ExpressionAttributeValues: {
            ":bucket": { S: rejectedBucketKey(electionId, hash) },
            ":prefix": { S: rejectedRowPrefix(hash) },
          },
        }),
      );
      return (Items ?? []).flatMap((item) => {
        const outcome = outcomeOf(item.row?.S ?? "");
        const trackingCodes = new Set(item.trackingCodes?.SS ?? []);
        return outcome === undefined ? [] : [{ outcome, trackingCodes, since: item.since?.S }];
      });
    },
  };
}

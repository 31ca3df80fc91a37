import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
} from "@aws-sdk/client-dynamodb";
import { fromBase64Url } from "#core/bytes.ts";
import type { VoteMessage } from "#functions/submit/contract.ts";

/** What the conditional write decided: stored now, stored by an earlier delivery of the same ballot, or another stands. */
export type CastOutcome = "stored" | "already-stored" | "duplicate";

/** What is told of a stored ballot: never the envelope. `castAt` is an ISO instant, to the minute. */
export type StandingBallot = Readonly<{ trackingCode: string; castAt: string }>;

/** The ballot box. */
export type BallotBox = Readonly<{
  /**
   * Stores the ballot unless this voter already has one. The condition is the rule of one vote per credential; nothing
   * upstream decides it.
   */
  cast(vote: VoteMessage): Promise<CastOutcome>;
  /** The ballot that stands for a voter's hash; undefined when there is none. */
  standingBallot(hash: string): Promise<StandingBallot | undefined>;
}>;

export function votesTable(client: DynamoDBClient, tableName: string): BallotBox {
  return {
    async cast({ hash, electionId, regionId, envelope, trackingCode, castAt }) {
      const sealed = fromBase64Url(envelope);
      if (sealed === undefined) throw new TypeError("the message's envelope is not base64url");
      try {
        await client.send(
          new PutItemCommand({
            TableName: tableName,
            Item: {
              hash: { S: hash },
              electionId: { S: electionId },
              regionId: { S: regionId },
              envelope: { B: sealed },
              trackingCode: { S: trackingCode },
              castAt: { S: castAt },
            },
            ConditionExpression: "attribute_not_exists(#hash)",
            ExpressionAttributeNames: { "#hash": "hash" },
            ReturnValuesOnConditionCheckFailure: "ALL_OLD",
          }),
        );
        return "stored";
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
        return error.Item?.trackingCode?.S === trackingCode ? "already-stored" : "duplicate";
      }
    },

    async standingBallot(hash) {
      const { Item } = await client.send(
        new GetItemCommand({
          TableName: tableName,
          Key: { hash: { S: hash } },
          ProjectionExpression: "trackingCode, castAt",
        }),
      );
      return Item && { trackingCode: Item.trackingCode?.S ?? "", castAt: Item.castAt?.S ?? "" };
    },
  };
}

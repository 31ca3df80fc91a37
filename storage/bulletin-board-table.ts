import { type DynamoDBClient, PutItemCommand, paginateQuery } from "@aws-sdk/client-dynamodb";
import { packTrackingCode } from "#core/tracking-code.ts";
import { BOARD_ROW_END, boardRowKey } from "#storage/keys.ts";

/** Tracking codes that were posted together, packed, sorted and concatenated, and their row. */
export type Posting = Readonly<{ row: string; codes: Uint8Array }>;

export type BulletinBoard = Readonly<{
  /** Posts ballots on their election's board; safe to repeat. At most 30,000 at once: an item holds 400 kB. */
  post(
    electionId: string,
    trackingCodes: readonly string[],
    at: Readonly<{ ms: number; place: string }>,
  ): Promise<void>;
  /** What was posted on an election's board at or after an instant, oldest first. */
  postedSince(electionId: string, sinceMs: number): AsyncIterable<Posting>;
}>;

/** Many codes share a row: a row each would double the cost of storing a vote. */
export function bulletinBoardTable(client: DynamoDBClient, tableName: string): BulletinBoard {
  return {
    async post(electionId, trackingCodes, { ms, place }) {
      const codes = Buffer.concat(trackingCodes.map(packTrackingCode).sort(Buffer.compare));
      const Item = { electionId: { S: electionId }, row: { S: boardRowKey(ms, place) }, codes: { B: codes } };
      await client.send(new PutItemCommand({ TableName: tableName, Item }));
    },

    async *postedSince(electionId, sinceMs) {
      const pages = paginateQuery(
        { client },
        {
          TableName: tableName,
          KeyConditionExpression: "electionId = :electionId AND #row BETWEEN :since AND :end",
          ExpressionAttributeNames: { "#row": "row" },
          ExpressionAttributeValues: {
            ":electionId": { S: electionId },
            ":since": { S: boardRowKey(sinceMs, "") },
            ":end": { S: BOARD_ROW_END },
          },
        },
      );
      for await (const { Items = [] } of pages) {
        for (const { row, codes } of Items) yield { row: row?.S ?? "", codes: codes?.B ?? new Uint8Array() };
      }
    },
  };
}

import { type AttributeValue, type DynamoDBClient, paginateScan } from "@aws-sdk/client-dynamodb";
import type { Stamped } from "#storage/stamp.ts";

/** Items of the votes table as ballots. One of another shape was not stored by `validate`, and gets no stamp that fits. */

const text = (value: AttributeValue | undefined): string => value?.S ?? "";
const bytes = (value: AttributeValue | undefined): Uint8Array => value?.B ?? new Uint8Array();

/** `signature` is its voter's, where trustees hold the election's key. */
export type StoredBallot = Stamped & Readonly<{ signature?: Uint8Array | undefined }>;

function ballotIn(item: Record<string, AttributeValue>): StoredBallot {
  return {
    hash: text(item.hash),
    electionId: text(item.electionId),
    regionId: text(item.regionId),
    oneTimeKey: bytes(item.oneTimeKey),
    envelope: bytes(item.envelope),
    stamp: bytes(item.stamp),
    trackingCode: text(item.trackingCode),
    castAt: text(item.castAt),
    signature: item.signature?.B,
  };
}

/** Which items of the table to read: a segment of a parallel scan, one election's, or all. */
export type Selected = Readonly<{ segment?: number; of?: number; electionId?: string }>;

/** Reads ballots page by page, consistently and in no order. The voters' hashes among them must go nowhere. */
export async function* storedBallots(
  client: DynamoDBClient,
  votesTable: string,
  { segment, of, electionId }: Selected,
): AsyncGenerator<Readonly<{ ballots: readonly StoredBallot[]; scanned: number }>> {
  const pages = paginateScan(
    { client },
    {
      TableName: votesTable,
      Segment: segment,
      TotalSegments: of,
      ConsistentRead: true,
      ProjectionExpression: "#hash, electionId, regionId, oneTimeKey, envelope, stamp, trackingCode, castAt, signature",
      ExpressionAttributeNames: { "#hash": "hash" },
      ...(electionId !== undefined && {
        FilterExpression: "electionId = :electionId",
        ExpressionAttributeValues: { ":electionId": { S: electionId } },
      }),
    },
  );
  for await (const { Items = [], ScannedCount = 0 } of pages)
    yield { ballots: Items.map(ballotIn), scanned: ScannedCount };
}

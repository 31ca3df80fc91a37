import { ScanCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import type { Connection } from "#admin/connection/connection.ts";

/** The ballots of an election as the votes table holds them. */

const StoredBallot = z.object({
  /** Of the voter; never leaves this machine. */
  hash: z.string(),
  regionId: z.string(),
  trackingCode: z.string(),
  castAt: z.string(),
  envelope: z.instanceof(Uint8Array),
});
export type StoredBallot = Readonly<z.infer<typeof StoredBallot>>;

/** Segments of the scan; each is read on its own connection. */
const SCAN_SEGMENTS = 8;

/**
 * Reads every ballot of an election, page by page, in no order; several pages may be under way at once.
 */
export async function readStoredBallots(
  { documents, votesTable }: Connection,
  electionId: string,
  onPage: (ballots: readonly StoredBallot[]) => Promise<void>,
): Promise<void> {
  const readSegment = async (segment: number): Promise<void> => {
    let start: Record<string, unknown> | undefined;
    do {
      const { Items = [], LastEvaluatedKey } = await documents.send(
        new ScanCommand({
          TableName: votesTable,
          Segment: segment,
          TotalSegments: SCAN_SEGMENTS,
          ConsistentRead: true,
          FilterExpression: "electionId = :electionId",
          ProjectionExpression: "#hash, regionId, trackingCode, castAt, envelope",
          ExpressionAttributeNames: { "#hash": "hash" },
          ExpressionAttributeValues: { ":electionId": electionId },
          ...(start !== undefined && { ExclusiveStartKey: start }),
        }),
      );
      await onPage(z.array(StoredBallot).parse(Items));
      start = LastEvaluatedKey;
    } while (start !== undefined);
  };
  await Promise.all(Array.from({ length: SCAN_SEGMENTS }, (_, segment) => readSegment(segment)));
}

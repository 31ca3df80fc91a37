import { paginateScan } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import type { Connection } from "#admin/connection/connection.ts";

/** The ballots of an election as the votes table holds them. */

const StoredBallot = z.object({
  /** Of the voter; never leaves this machine. */
  hash: z.string(),
  regionId: z.string(),
  trackingCode: z.string(),
  castAt: z.string(),
  oneTimeKey: z.instanceof(Uint8Array),
  envelope: z.instanceof(Uint8Array),
});
export type StoredBallot = Readonly<z.infer<typeof StoredBallot>>;

/** Segments of the scan, read in parallel. */
const SCAN_SEGMENTS = 8;

/** Reads every ballot of an election in no order; pages may overlap. */
export async function readStoredBallots(
  { documents, votesTable }: Connection,
  electionId: string,
  onPage: (ballots: readonly StoredBallot[]) => Promise<void>,
): Promise<void> {
  const readSegment = async (segment: number): Promise<void> => {
    const pages = paginateScan(
      { client: documents },
      {
        TableName: votesTable,
        Segment: segment,
        TotalSegments: SCAN_SEGMENTS,
        ConsistentRead: true,
        FilterExpression: "electionId = :electionId",
        ProjectionExpression: "#hash, regionId, trackingCode, castAt, oneTimeKey, envelope",
        ExpressionAttributeNames: { "#hash": "hash" },
        ExpressionAttributeValues: { ":electionId": electionId },
      },
    );
    for await (const { Items = [] } of pages) await onPage(z.array(StoredBallot).parse(Items));
  };
  await Promise.all(Array.from({ length: SCAN_SEGMENTS }, (_, segment) => readSegment(segment)));
}

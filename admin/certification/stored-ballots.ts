import { paginateScan } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import type { Connection } from "#admin/connection/connection.ts";

/** The ballots of an election as the votes table holds them. */

/** What is missing was not stored by `validate`, and leaves the ballot without a stamp that fits. */
const Bytes = z.instanceof(Uint8Array).catch(new Uint8Array());

const StoredBallot = z.object({
  /** Of the voter; never leaves this machine. */
  hash: z.string(),
  electionId: z.string(),
  regionId: z.string().catch(""),
  trackingCode: z.string().catch(""),
  castAt: z.string().catch(""),
  oneTimeKey: Bytes,
  envelope: Bytes,
  stamp: Bytes,
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
        ProjectionExpression: "#hash, electionId, regionId, trackingCode, castAt, oneTimeKey, envelope, stamp",
        ExpressionAttributeNames: { "#hash": "hash" },
        ExpressionAttributeValues: { ":electionId": electionId },
      },
    );
    for await (const { Items = [] } of pages) await onPage(z.array(StoredBallot).parse(Items));
  };
  await Promise.all(Array.from({ length: SCAN_SEGMENTS }, (_, segment) => readSegment(segment)));
}

import { paginateQuery } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import type { Connection } from "#admin/connection/connection.ts";
import { hashOf, REJECTIONS, type Rejection, rejectedBucketKeys } from "#storage/keys.ts";

/**
 * Rejected attempts as an officer may see them: why, how often and when. Not the credentials, which nobody keeps, nor the
 * choice, which stays sealed; the voter's hash is truncated to tell rows apart.
 */

/** What was rejected of one voter for one reason. */
export type RejectedAttempts = Readonly<{
  /** The first VOTER_CHARACTERS of the voter's hash. */
  voter: string;
  reason: Rejection;
  /** Tracking codes handed out for these attempts, at most 1,000; beyond that only `lastAt` moves. */
  trackingCodes: readonly string[];
  /** ISO 8601, to the minute. */
  firstAt: string;
  lastAt: string;
}>;

/** 48 bits: among a million voters with rejected attempts, two share them with a probability of 0.2 %. */
const VOTER_CHARACTERS = 8;

const StoredRow = z.object({
  row: z.string(),
  reason: z.enum(REJECTIONS),
  trackingCodes: z.set(z.string()).default(new Set()),
  firstAt: z.string(),
  lastAt: z.string(),
});

/** Everything rejected in an election, in no order, a page in memory at a time. */
export async function* readRejectedAttempts(
  { documents, rejectedAttemptsTable }: Connection,
  electionId: string,
): AsyncGenerator<RejectedAttempts> {
  for (const bucket of rejectedBucketKeys(electionId)) {
    const pages = paginateQuery(
      { client: documents },
      {
        TableName: rejectedAttemptsTable,
        KeyConditionExpression: "#bucket = :bucket",
        ExpressionAttributeNames: { "#bucket": "bucket" },
        ExpressionAttributeValues: { ":bucket": bucket },
        ConsistentRead: true,
      },
    );
    for await (const { Items = [] } of pages) {
      for (const { row, trackingCodes, ...rest } of z.array(StoredRow).parse(Items)) {
        yield { voter: hashOf(row).slice(0, VOTER_CHARACTERS), trackingCodes: [...trackingCodes].sort(), ...rest };
      }
    }
  }
}

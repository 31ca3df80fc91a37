import { QueryCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import type { Connection } from "#admin/connection/connection.ts";
import { outcomeOf, REVIEW_BUCKETS, type ReviewOutcome, reviewBucketKey } from "#storage/keys.ts";

/** Rejected attempts by outcome, as far as they are listed (docs/adr/0008-thousand-listed-attempts.md). */

const ReviewRow = z.object({ row: z.string(), trackingCodes: z.set(z.string()).default(new Set()) });

export async function countRefusedAttempts(
  { documents, reviewTable }: Connection,
  electionId: string,
): Promise<ReadonlyMap<ReviewOutcome, number>> {
  const attempts = new Map<ReviewOutcome, number>();
  const countBucket = async (bucket: number): Promise<void> => {
    let start: Record<string, unknown> | undefined;
    do {
      const { Items = [], LastEvaluatedKey } = await documents.send(
        new QueryCommand({
          TableName: reviewTable,
          ConsistentRead: true,
          KeyConditionExpression: "#bucket = :bucket",
          ProjectionExpression: "#row, trackingCodes",
          ExpressionAttributeNames: { "#bucket": "bucket", "#row": "row" },
          // The character whose code is the bucket's number stands for all hashes in it.
          ExpressionAttributeValues: { ":bucket": reviewBucketKey(electionId, String.fromCharCode(bucket)) },
          ...(start !== undefined && { ExclusiveStartKey: start }),
        }),
      );
      for (const { row, trackingCodes } of z.array(ReviewRow).parse(Items)) {
        const outcome = outcomeOf(row);
        if (outcome !== undefined) attempts.set(outcome, (attempts.get(outcome) ?? 0) + trackingCodes.size);
      }
      start = LastEvaluatedKey;
    } while (start !== undefined);
  };
  await Promise.all(Array.from({ length: REVIEW_BUCKETS }, (_, bucket) => countBucket(bucket)));
  return attempts;
}

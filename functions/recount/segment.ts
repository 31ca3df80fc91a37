import { type AttributeValue, type DynamoDBClient, paginateScan } from "@aws-sdk/client-dynamodb";
import type { Election } from "#core/election.ts";
import type { ContestTallies } from "#core/recount.ts";
import type { BallotKeys } from "#storage/ballot-keys.ts";
import { contestKey } from "#storage/keys.ts";

/** One segment of the parallel scan of the ballot box, numbered from 0. */
export type Segment = Readonly<{ segment: number; of: number }>;

/**
 * Counts one segment of the box, by contestKey, for the given elections. A voter's hash is read to check the stamp, and goes
 * nowhere. Reads consistently, so that every ballot in the tallies is found.
 */
export async function countSegment(
  client: DynamoDBClient,
  votesTable: string,
  elections: readonly Election[],
  ballotKeys: BallotKeys,
  { segment, of }: Segment,
): Promise<ContestTallies> {
  const byId = new Map(elections.map((election) => [election.definition.electionId, election]));
  const counts = new Map<string, Map<string, number>>();

  const count = async (item: Record<string, AttributeValue>): Promise<void> => {
    const election = byId.get(item.electionId?.S ?? "");
    if (election === undefined) return;
    const { electionId } = election.definition;
    const read = await ballotKeys.readerOf(election);
    const text = (value: AttributeValue | undefined): string => value?.S ?? "";
    const bytes = (value: AttributeValue | undefined): Uint8Array => value?.B ?? new Uint8Array();
    const { regionId, interpretation } = await read({
      hash: text(item.hash),
      electionId,
      regionId: text(item.regionId),
      oneTimeKey: bytes(item.oneTimeKey),
      envelope: bytes(item.envelope),
      stamp: bytes(item.stamp),
      trackingCode: text(item.trackingCode),
      castAt: text(item.castAt),
    });
    const contest = contestKey(electionId, regionId);
    const tally = counts.get(contest) ?? new Map<string, number>();
    counts.set(contest, tally);
    tally.set(interpretation, (tally.get(interpretation) ?? 0) + 1);
  };

  const pages = paginateScan(
    { client },
    {
      TableName: votesTable,
      Segment: segment,
      TotalSegments: of,
      ConsistentRead: true,
      ProjectionExpression: "#hash, electionId, regionId, oneTimeKey, envelope, stamp, trackingCode, castAt",
      ExpressionAttributeNames: { "#hash": "hash" },
    },
  );
  for await (const { Items = [] } of pages) for (const item of Items) await count(item);
  return counts;
}

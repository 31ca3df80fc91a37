import { type AttributeValue, type DynamoDBClient, paginateScan } from "@aws-sdk/client-dynamodb";
import type { Election } from "#core/election.ts";
import { interpretBallot } from "#core/interpretation.ts";
import type { ContestTallies } from "#core/recount.ts";
import type { BallotKeys } from "#storage/ballot-keys.ts";
import { contestKey } from "#storage/keys.ts";

/** One segment of the parallel scan of the ballot box, numbered from 0. */
export type Segment = Readonly<{ segment: number; of: number }>;

/**
 * Counts one segment of the box, by contestKey, for the given elections. Never reads the voter's hash. Reads consistently, so
 * that every ballot in the tallies is found.
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
    const { definition } = election;
    const regionId = item.regionId?.S ?? "";
    const open = await ballotKeys.openerOf(election);
    const interpretation = await interpretBallot(open, definition, regionId, {
      oneTimeKey: item.oneTimeKey?.B ?? new Uint8Array(),
      envelope: item.envelope?.B ?? new Uint8Array(),
    });
    const contest = contestKey(definition.electionId, regionId);
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
      ProjectionExpression: "electionId, regionId, oneTimeKey, envelope",
    },
  );
  for await (const { Items = [] } of pages) for (const item of Items) await count(item);
  return counts;
}

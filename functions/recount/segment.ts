import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { Election } from "#core/election.ts";
import type { ContestTallies } from "#core/recount.ts";
import { countBallot } from "#core/selection.ts";
import type { BallotKeys } from "#storage/ballot-keys.ts";
import { contestKey } from "#storage/keys.ts";
import type { Stamped } from "#storage/stamp.ts";
import { storedBallots } from "#storage/stored-ballots.ts";

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

  const count = async (ballot: Stamped): Promise<void> => {
    const election = byId.get(ballot.electionId);
    if (election === undefined) return;
    const read = await ballotKeys.readerOf(election);
    const ballotRead = await read(ballot);
    if (ballotRead === undefined) return;
    const { regionId, interpretation } = ballotRead;
    const contest = contestKey(ballot.electionId, regionId);
    const tally = counts.get(contest) ?? new Map<string, number>();
    counts.set(contest, tally);
    countBallot(tally, interpretation);
  };

  for await (const { ballots } of storedBallots(client, votesTable, { segment, of })) {
    for (const ballot of ballots) await count(ballot);
  }
  return counts;
}

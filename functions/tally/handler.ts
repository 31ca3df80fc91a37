import type { ElectionDefinition } from "#core/election.ts";
import { interpretBallot } from "#core/interpretation.ts";
import { addedBy, measureCount } from "#functions/tally/count.ts";
import { readStreamEvent, type StoredVote, type VotesStreamAnswer, votesIn } from "#functions/tally/event.ts";
import type { BallotKeys } from "#storage/ballot-keys.ts";
import type { BulletinBoard } from "#storage/bulletin-board-table.ts";
import type { Elections } from "#storage/elections-table.ts";
import { groupByRow, type InterpretedBallot } from "#storage/increment.ts";
import type { Tallies } from "#storage/tallies-table.ts";
import { towardsTurnout } from "#storage/turnout-sheet.ts";

export type TallyDependencies = Readonly<{
  elections: Elections;
  ballotKeys: BallotKeys;
  tallies: Pick<Tallies, "add">;
  board: BulletinBoard;
  now: () => number;
}>;
export type TallyHandler = (event: unknown) => Promise<VotesStreamAnswer>;

/** A batch's votes in one election, and their ballots, opened. */
type Opened = Readonly<{
  definition: ElectionDefinition;
  votes: readonly StoredVote[];
  ballots: readonly InterpretedBallot[];
}>;

function byElectionOf(votes: readonly StoredVote[]): ReadonlyMap<string, readonly StoredVote[]> {
  return Map.groupBy(votes, ({ electionId }) => electionId);
}

/**
 * Counts stored ballots: opens each envelope, groups by the tally sheets on which the ballots are counted, and adds each
 * group behind its row's fence. A ballot that cannot be opened or does not fit is counted as spoiled, so nothing holds the
 * shard up; every other failure throws, and the stream delivers the batch again until it succeeds.
 */
export function createTallyHandler(dependencies: TallyDependencies): TallyHandler {
  const { elections, ballotKeys, tallies, board, now } = dependencies;
  /** Opens the votes of one election. */
  const open = async (electionId: string, votes: readonly StoredVote[]): Promise<Opened> => {
    const election = await elections.find(electionId);
    if (election === undefined) throw new Error("a stored vote names an election that does not exist");
    const { definition } = election;
    const opener = await ballotKeys.openerOf(election);
    const ballots = await Promise.all(
      votes.map(async (vote) => {
        const { sequenceNumber, regionId } = vote;
        const interpretation = await interpretBallot(opener, definition, regionId, vote);
        return { sequenceNumber, electionId, regionId, interpretation };
      }),
    );
    return { definition, votes, ballots };
  };

  /** Posts a batch's tracking codes on each election's board, sorted, so that a row reveals no order of arrival. */
  const post = async (shardId: string, votes: readonly StoredVote[]): Promise<void> => {
    const place = `${shardId}#${votes[0]?.sequenceNumber}`;
    const posted = [...byElectionOf(votes)].map(([electionId, theirs]) => {
      const codes = theirs.map(({ trackingCode }) => trackingCode);
      return board.post(electionId, codes, { ms: now(), place });
    });
    await Promise.all(posted);
  };

  return async (rawEvent) => {
    const event = readStreamEvent(rawEvent);
    const votes = votesIn(event);
    const opened = await Promise.all([...byElectionOf(votes)].map(([electionId, cast]) => open(electionId, cast)));
    const [additions, beside] = await Promise.all([
      Promise.allSettled(
        opened.flatMap(({ definition, ballots }) =>
          groupByRow(event.shardId, ballots, definition).map(async (increment) =>
            addedBy(definition.electionId, await tallies.add(increment)),
          ),
        ),
      ),
      Promise.allSettled([
        ...opened.flatMap(({ definition, votes: cast }) =>
          groupByRow(event.shardId, cast.map(towardsTurnout), definition).map(tallies.add),
        ),
        post(event.shardId, votes),
      ]),
    ]);
    // Measured even after a failure, since what was added is not added again.
    const added = additions.flatMap((addition) => (addition.status === "fulfilled" ? [addition.value] : []));
    measureCount(added, votes, now());
    const failed = [...additions, ...beside].find(({ status }) => status === "rejected");
    if (failed?.status === "rejected") throw failed.reason;
    return { state: {}, batchItemFailures: [] };
  };
}

import type { ElectionDefinition } from "#core/election.ts";
import { addedBy, measureCount, tellUncountable } from "#functions/tally/count.ts";
import { readStreamEvent, type StoredVote, type VotesStreamAnswer, votesIn } from "#functions/tally/event.ts";
import type { BallotKeys } from "#storage/ballot-keys.ts";
import type { BulletinBoard } from "#storage/bulletin-board-table.ts";
import type { Elections, IsRegistered } from "#storage/elections-table.ts";
import { groupByRow, type InterpretedBallot } from "#storage/increment.ts";
import { padSequenceNumber } from "#storage/keys.ts";
import type { Tallies } from "#storage/tallies-table.ts";
import { towardsTurnout } from "#storage/turnout-sheet.ts";

export type TallyDependencies = Readonly<{
  elections: Pick<Elections, "find">;
  isRegistered: IsRegistered;
  ballotKeys: BallotKeys;
  tallies: Pick<Tallies, "add">;
  board: BulletinBoard;
  now: () => number;
}>;
export type TallyHandler = (event: unknown) => Promise<VotesStreamAnswer>;

/** A batch's ballots in one election, opened, and those of its votes that bear their stamp. */
type Opened = Readonly<{
  definition: ElectionDefinition;
  /** What is not counted: marks of struck codes, and every ballot of an election that was cancelled. */
  uncounted: number;
  ballots: readonly InterpretedBallot[];
  stamped: readonly StoredVote[];
}>;

function byElectionOf(votes: readonly StoredVote[]): ReadonlyMap<string, readonly StoredVote[]> {
  return Map.groupBy(votes, ({ electionId }) => electionId);
}

/**
 * Counts stored ballots: opens each envelope, groups by the tally sheets on which the ballots are counted, and adds each
 * group behind its row's fence. A ballot that cannot be opened, does not fit or lacks its stamp is counted as spoiled, so nothing
 * holds the shard up. Nor does an item without an election that exists: it can be counted nowhere, and is passed over. Every
 * other failure throws, and the stream delivers the batch again until it succeeds. Without its stamp, a ballot is neither posted
 * on the board nor counted towards turnout over time. Ballots of an election that was cancelled are posted, and stay sealed; so do those
 * that trustees will open, which are counted as SEALED, without a key (storage/signed-ballots.ts).
 */
export function createTallyHandler(dependencies: TallyDependencies): TallyHandler {
  const { elections, isRegistered, ballotKeys, tallies, board, now } = dependencies;
  /** Opens the votes of one election; undefined when there is no such election. */
  const open = async (electionId: string, votes: readonly StoredVote[]): Promise<Opened | undefined> => {
    const election = await elections.find(electionId);
    if (election === undefined) {
      // An earlier reading may be older than the election.
      if (await isRegistered(electionId)) throw new Error("the election of a stored vote is not known yet");
      return undefined;
    }
    const { definition } = election;
    if (definition.cancelled !== undefined) {
      const isReceived = await ballotKeys.receivedIn(election);
      const received = await Promise.all(votes.map(isReceived));
      const stamped = votes.filter((_, index) => received[index] === true);
      return { definition, ballots: [], uncounted: votes.length, stamped };
    }
    const readBallot = await ballotKeys.readerOf(election);
    const items = await Promise.all(votes.map(async (vote) => ({ vote, ballot: await readBallot(vote) })));
    const read = items.flatMap(({ vote, ballot }) => (ballot === undefined ? [] : { vote, ...ballot }));
    const ballots = read.map(({ vote: { sequenceNumber }, regionId, interpretation }) => {
      return { sequenceNumber, electionId, regionId, interpretation };
    });
    const uncounted = items.length - read.length;
    return {
      definition,
      ballots,
      uncounted,
      stamped: read.filter(({ isStamped }) => isStamped).map(({ vote }) => vote),
    };
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
    const found = await Promise.all([...byElectionOf(votes)].map(([electionId, cast]) => open(electionId, cast)));
    const opened = found.filter((each) => each !== undefined);
    const uncountable =
      votes.length - opened.reduce((sum, { ballots, uncounted }) => sum + ballots.length + uncounted, 0);
    if (uncountable > 0) tellUncountable(uncountable);
    const stamped = opened.flatMap((each) => each.stamped);
    const stampedAt = new Set(stamped.map(({ sequenceNumber }) => padSequenceNumber(sequenceNumber)));
    const [additions, beside] = await Promise.all([
      Promise.allSettled(
        opened.flatMap(({ definition, ballots }) =>
          groupByRow(event.shardId, ballots, definition).map(async (increment) =>
            addedBy(definition.electionId, await tallies.add(increment), stampedAt),
          ),
        ),
      ),
      Promise.allSettled([
        ...opened
          .filter(({ definition }) => definition.cancelled === undefined)
          .flatMap(({ definition, stamped: cast }) =>
            groupByRow(event.shardId, cast.map(towardsTurnout), definition).map(tallies.add),
          ),
        post(event.shardId, stamped),
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

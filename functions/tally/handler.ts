import { MetricUnit } from "@aws-lambda-powertools/metrics";
import { openEnvelope } from "#core/envelope.ts";
import { checkSelection, writeSelection } from "#core/selection.ts";
import { groupByRow, type OpenedBallot, SPOILED } from "#core/tally.ts";
import { towardsTurnout } from "#core/turnout.ts";
import type { BallotKeys } from "#functions/shared/ballot-keys.ts";
import type { Board } from "#functions/shared/board-table.ts";
import type { Elections } from "#functions/shared/elections-table.ts";
import { METRICS, metrics } from "#functions/shared/observability.ts";
import { nodeSuite } from "#functions/shared/sealing-suite.ts";
import type { Tallies } from "#functions/shared/tallies-table.ts";
import { type StoredVote, type VotesStreamAnswer, VotesStreamEvent, votesIn } from "#functions/tally/event.ts";

export type TallyDependencies = Readonly<{
  elections: Elections;
  ballotKeys: BallotKeys;
  tallies: Tallies;
  board: Board;
  now: () => number;
}>;
export type TallyHandler = (event: unknown) => Promise<VotesStreamAnswer>;

/**
 * Counts stored ballots: opens each envelope, groups by contest and selection, and adds each group behind its row's
 * fence. A ballot that cannot be opened or does not fit is counted as spoiled, so nothing holds the shard up; every
 * other failure throws, and the stream delivers the batch again until it succeeds.
 */
export function createTallyHandler({ elections, ballotKeys, tallies, board, now }: TallyDependencies): TallyHandler {
  const open = async (vote: StoredVote): Promise<OpenedBallot> => {
    const election = await elections.find(vote.electionId);
    if (election === undefined) throw new Error("a stored vote names an election that does not exist");
    const { definition } = election;
    const privateKey = await ballotKeys.privateKeyOf(election);
    const selection = await openEnvelope(nodeSuite, privateKey, definition, vote.regionId, vote.envelope);
    const fits = selection !== undefined && checkSelection(definition, vote.regionId, selection).ok;
    return { ...vote, counted: fits ? writeSelection(selection) : SPOILED };
  };

  /** Puts what a batch brought on the board of each election: tracking codes, sorted, so that a row has no order of arrival. */
  const post = async (shardId: string, votes: readonly StoredVote[]): Promise<void> => {
    const byElection = Map.groupBy(votes, ({ electionId }) => electionId);
    const place = `${shardId}#${votes[0]?.sequenceNumber}`;
    const posted = [...byElection].map(([electionId, theirs]) => {
      const codes = theirs.map(({ trackingCode }) => trackingCode);
      return board.post(electionId, codes, { ms: now(), place });
    });
    await Promise.all(posted);
  };

  return async (rawEvent) => {
    const event = VotesStreamEvent.parse(rawEvent);
    const votes = votesIn(event);
    const ballots = await Promise.all(votes.map(open));
    const [added] = await Promise.all([
      Promise.all(
        groupByRow(event.shardId, ballots).map(async (increment) => ({
          ballots: await tallies.add(increment),
          spoiled: increment.row.endsWith(SPOILED),
        })),
      ),
      Promise.all(groupByRow(event.shardId, votes.map(towardsTurnout)).map(tallies.add)),
      post(event.shardId, votes),
    ]);

    const sum = (parts: typeof added): number => parts.reduce((total, { ballots: count }) => total + count, 0);
    if (votes.length > 0) {
      metrics.addMetric(METRICS.counted, MetricUnit.Count, sum(added));
      metrics.addMetric(METRICS.spoiled, MetricUnit.Count, sum(added.filter(({ spoiled }) => spoiled)));
      const oldestMs = Math.min(...votes.map(({ storedAtMs }) => storedAtMs ?? now()));
      metrics.addMetric(METRICS.timeToCount, MetricUnit.Milliseconds, Math.max(0, now() - oldestMs));
    }
    return { state: {}, batchItemFailures: [] };
  };
}

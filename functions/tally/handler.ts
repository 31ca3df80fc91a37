import { openEnvelope } from "#core/envelope.ts";
import { checkSelection, writeSelection } from "#core/selection.ts";
import { groupByRow, type OpenedBallot, SPOILED } from "#core/tally.ts";
import type { BallotKeys } from "#functions/shared/ballot-keys.ts";
import type { Elections } from "#functions/shared/elections-table.ts";
import { nodeSuite } from "#functions/shared/sealing-suite.ts";
import type { Tallies } from "#functions/shared/tallies-table.ts";
import { measureCount } from "#functions/tally/count.ts";
import { type StoredVote, type VotesStreamAnswer, VotesStreamEvent, votesIn } from "#functions/tally/event.ts";

export type TallyDependencies = Readonly<{
  elections: Elections;
  ballotKeys: BallotKeys;
  tallies: Tallies;
  now: () => number;
}>;
export type TallyHandler = (event: unknown) => Promise<VotesStreamAnswer>;

/**
 * Counts stored ballots: opens each envelope, groups by contest and selection, and adds each group behind its row's
 * fence. A ballot that cannot be opened or does not fit is counted as spoiled, so nothing holds the shard up; every
 * other failure throws, and the stream delivers the batch again until it succeeds.
 */
export function createTallyHandler({ elections, ballotKeys, tallies, now }: TallyDependencies): TallyHandler {
  const open = async (vote: StoredVote): Promise<OpenedBallot> => {
    const election = await elections.find(vote.electionId);
    if (election === undefined) throw new Error("a stored vote names an election that does not exist");
    const { definition } = election;
    const privateKey = await ballotKeys.privateKeyOf(election);
    const selection = await openEnvelope(nodeSuite, privateKey, definition, vote.regionId, vote.envelope);
    const fits = selection !== undefined && checkSelection(definition, vote.regionId, selection).ok;
    return { ...vote, counted: fits ? writeSelection(selection) : SPOILED };
  };

  return async (rawEvent) => {
    const event = VotesStreamEvent.parse(rawEvent);
    const votes = votesIn(event);
    const ballots = await Promise.all(votes.map(open));
    const additions = await Promise.allSettled(
      [...Map.groupBy(ballots, ({ electionId }) => electionId)].flatMap(([electionId, cast]) =>
        groupByRow(event.shardId, cast).map(async (increment) => ({
          electionId,
          added: await tallies.add(increment),
          spoiled: increment.row.endsWith(SPOILED),
        })),
      ),
    );
    // What was added before another addition failed is not added again, so this is the time to measure it.
    const added = additions.flatMap((addition) => (addition.status === "fulfilled" ? [addition.value] : []));
    measureCount(added, votes, now());
    const failed = additions.find((addition) => addition.status === "rejected");
    if (failed !== undefined) throw failed.reason;
    return { state: {}, batchItemFailures: [] };
  };
}

import { contestKey, padSequenceNumber, tallyRowKey } from "#core/keys.ts";

/**
 * Counting, as arithmetic: opened ballots become increments of tally rows, and a fence makes each increment count once.
 * A shard delivers its records in order and may repeat any of them; everything at or below a row's fence was counted before.
 */

/** What a tally row counts when the ballot could not be opened or does not fit its contest. No selection is written so. */
export const SPOILED = "!";

/** A ballot ready to count: where it stands in its shard, its contest, and its selection as written, or SPOILED. */
export type OpenedBallot = Readonly<{
  sequenceNumber: string;
  electionId: string;
  regionId: string;
  counted: string;
}>;

/** An addition to one tally row, by the padded sequence numbers of the ballots it adds, ascending and distinct; never empty. */
export type Increment = Readonly<{ contest: string; row: string; sequenceNumbers: readonly string[] }>;

/** Groups a shard's ballots into one increment per tally row. */
export function groupByRow(shardId: string, ballots: readonly OpenedBallot[]): readonly Increment[] {
  const groups = new Map<string, { contest: string; row: string; sequenceNumbers: Set<string> }>();
  for (const { sequenceNumber, electionId, regionId, counted } of ballots) {
    const contest = contestKey(electionId, regionId);
    const row = tallyRowKey(shardId, counted);
    const id = `${contest}\n${row}`;
    const group = groups.get(id) ?? { contest, row, sequenceNumbers: new Set<string>() };
    groups.set(id, group);
    group.sequenceNumbers.add(padSequenceNumber(sequenceNumber));
  }
  return [...groups.values()].map(({ contest, row, sequenceNumbers }) => ({
    contest,
    row,
    sequenceNumbers: [...sequenceNumbers].sort(),
  }));
}

/** What remains of an increment once everything at or below the fence is left out; undefined when nothing does. */
export function beyondFence(increment: Increment, fence: string): Increment | undefined {
  const sequenceNumbers = increment.sequenceNumbers.filter((sequenceNumber) => sequenceNumber > fence);
  return sequenceNumbers.length === 0 ? undefined : { ...increment, sequenceNumbers };
}

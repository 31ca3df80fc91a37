import type { ElectionDefinition } from "#core/election.ts";
import { countedUnder } from "#core/selection.ts";
import { cellName, padSequenceNumber, sheetKey, tallyRowKey } from "#storage/keys.ts";
import { placeOf } from "#storage/tally-sheet.ts";

/**
 * Counting as arithmetic: opened ballots become increments of tally rows, and a fence makes each increment count once. A shard
 * delivers its records in order but may repeat them; everything at or below a row's fence has been counted.
 */

/** A ballot ready to count: its position in its shard, its contest, and its selection as written, or SPOILED. */
export type InterpretedBallot = Readonly<{
  sequenceNumber: string;
  electionId: string;
  regionId: string;
  interpretation: string;
}>;

/** A ballot in an increment: its padded sequence number, its interpretation, and the cells that count it. */
export type BallotInCells = Readonly<{ sequenceNumber: string; interpretation: string; cells: readonly string[] }>;

/** An addition to one row of a tally sheet: its ballots, ascending and distinct by sequence number; never empty. */
export type Increment = Readonly<{ sheet: string; row: string; ballots: readonly BallotInCells[] }>;

/**
 * Groups a shard's ballots of one election into one increment per tally row. A batch's ballots must be given at once, since
 * a row's fence moves past everything before the last of them.
 */
export function groupByRow(
  shardId: string,
  ballots: readonly InterpretedBallot[],
  definition: ElectionDefinition,
): readonly Increment[] {
  const groups = new Map<string, { sheet: string; row: string; ballots: Map<string, BallotInCells> }>();
  for (const { sequenceNumber, electionId, regionId, interpretation } of ballots) {
    // All of a ballot's counts are in one row: a fence lets them pass together.
    const [first = interpretation] = countedUnder(interpretation);
    const place = placeOf(definition, regionId, first);
    const cells = countedUnder(interpretation).map((one) => cellName(regionId, one));
    const sheet = sheetKey(electionId, place.sheet);
    const row = tallyRowKey(shardId, place.alone);
    const id = `${sheet}\n${row}`;
    const group = groups.get(id) ?? { sheet, row, ballots: new Map<string, BallotInCells>() };
    groups.set(id, group);
    const padded = padSequenceNumber(sequenceNumber);
    group.ballots.set(padded, { sequenceNumber: padded, interpretation, cells });
  }
  return [...groups.values()].map((group) => ({
    ...group,
    ballots: [...group.ballots.values()].sort((one, other) => (one.sequenceNumber < other.sequenceNumber ? -1 : 1)),
  }));
}

/** An increment without everything at or below the fence; undefined when nothing remains. */
export function beyondFence(increment: Increment, fence: string): Increment | undefined {
  const ballots = increment.ballots.filter(({ sequenceNumber }) => sequenceNumber > fence);
  return ballots.length === 0 ? undefined : { ...increment, ballots };
}

/** The number of ballots by cell. */
export function ballotsByCell(ballots: readonly Pick<BallotInCells, "cells">[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { cells } of ballots) for (const cell of cells) counts.set(cell, (counts.get(cell) ?? 0) + 1);
  return counts;
}

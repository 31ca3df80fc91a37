import type { Tally } from "#core/results.ts";

/** Comparing tallies with a count of the stored ballots, contest by contest. */

/** Tallies by contest: by region where one election is counted, by contestKey where several may be. */
export type ContestTallies = ReadonlyMap<string, Tally>;

/** A selection in a contest whose tally and recount differ. */
export type Disagreement = Readonly<{ contest: string; interpretation: string; tallied: number; recounted: number }>;

/** Every interpretation on which two tallies differ, sorted. */
export function differingInterpretations(one: Tally, other: Tally): readonly string[] {
  const all = new Set([...one.keys(), ...other.keys()]);
  return [...all]
    .filter((interpretation) => (one.get(interpretation) ?? 0) !== (other.get(interpretation) ?? 0))
    .sort();
}

/** Every disagreement between tallies and stored ballots, contest by contest, sorted. */
export function disagreements(tallied: ContestTallies, recounted: ContestTallies): readonly Disagreement[] {
  const contests = new Set([...tallied.keys(), ...recounted.keys()]);
  return [...contests].flatMap((contest) => {
    const inTallies: Tally = tallied.get(contest) ?? new Map();
    const inBox: Tally = recounted.get(contest) ?? new Map();
    return differingInterpretations(inTallies, inBox).map((interpretation) => ({
      contest,
      interpretation,
      tallied: inTallies.get(interpretation) ?? 0,
      recounted: inBox.get(interpretation) ?? 0,
    }));
  });
}

/**
 * Tallies that were read before the box and exceed it, which no delay explains: every counted ballot is in the box, so a
 * correct tally never exceeds the box at that time.
 */
export function surpluses(talliedBefore: ContestTallies, recounted: ContestTallies): readonly Disagreement[] {
  return disagreements(talliedBefore, recounted).filter(({ tallied, recounted: inBox }) => tallied > inBox);
}

/** Tallies that were read after the box and fall short of it: ballots are missing from them, or not counted yet. */
export function deficits(talliedAfter: ContestTallies, recounted: ContestTallies): readonly Disagreement[] {
  return disagreements(talliedAfter, recounted).filter(({ tallied, recounted: inBox }) => tallied < inBox);
}

/** Adds up the counts of parts of a box, in any order. */
export function sumContestTallies(parts: Iterable<ContestTallies>): ContestTallies {
  const sum = new Map<string, Map<string, number>>();
  for (const part of parts) {
    for (const [contest, tally] of part) {
      const ofContest = sum.get(contest) ?? new Map<string, number>();
      sum.set(contest, ofContest);
      for (const [interpretation, count] of tally)
        ofContest.set(interpretation, (ofContest.get(interpretation) ?? 0) + count);
    }
  }
  return sum;
}

import type { Tally } from "#core/results.ts";

/** Comparing tallies with a count of the stored ballots, contest by contest. */

/** Tallies by contest: by region where one election is counted, by contestKey where several may be. */
export type ContestTallies = ReadonlyMap<string, Tally>;

/** A selection of a contest whose tallies and whose stored ballots are not as many. */
export type Disagreement = Readonly<{ contest: string; interpretation: string; tallied: number; recounted: number }>;

/** Every selection on which two tallies differ, in the order of their spelling. */
export function differingInterpretations(one: Tally, other: Tally): readonly string[] {
  const all = new Set([...one.keys(), ...other.keys()]);
  return [...all]
    .filter((interpretation) => (one.get(interpretation) ?? 0) !== (other.get(interpretation) ?? 0))
    .sort();
}

/** Every selection on which tallies and stored ballots differ, contest by contest, in the order of their spelling. */
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
 * What no lateness explains: tallies that were read before the box was, and hold more than the box. Every ballot that is
 * counted lies in the box, so at any instant a right tally is at most what the box then holds.
 */
export function surpluses(talliedBefore: ContestTallies, recounted: ContestTallies): readonly Disagreement[] {
  return disagreements(talliedBefore, recounted).filter(({ tallied, recounted: inBox }) => tallied > inBox);
}

/** What is missing from the tallies, or only not counted yet: they were read after the box was, and hold less than it. */
export function deficits(talliedAfter: ContestTallies, recounted: ContestTallies): readonly Disagreement[] {
  return disagreements(talliedAfter, recounted).filter(({ tallied, recounted: inBox }) => tallied < inBox);
}

/** Adds counts of parts of a box up; the order of the parts does not matter. */
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

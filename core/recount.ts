import type { Histogram } from "#core/results.ts";

/** Comparing tallies with a count of the stored ballots, contest by contest. */

/** Histograms by contest: by region where one election is counted, by contestKey where several may be. */
export type Counts = ReadonlyMap<string, Histogram>;

/** A selection of a contest whose tallies and whose stored ballots are not as many. */
export type Disagreement = Readonly<{ contest: string; counted: string; tallied: number; recounted: number }>;

/** Every selection on which two histograms differ, in the order of their spelling. */
export function differingSelections(one: Histogram, other: Histogram): readonly string[] {
  const all = new Set([...one.keys(), ...other.keys()]);
  return [...all].filter((counted) => (one.get(counted) ?? 0) !== (other.get(counted) ?? 0)).sort();
}

/** Every selection on which tallies and stored ballots differ, contest by contest, in the order of their spelling. */
export function disagreements(tallied: Counts, recounted: Counts): readonly Disagreement[] {
  const contests = new Set([...tallied.keys(), ...recounted.keys()]);
  return [...contests].flatMap((contest) => {
    const inTallies: Histogram = tallied.get(contest) ?? new Map();
    const inBox: Histogram = recounted.get(contest) ?? new Map();
    return differingSelections(inTallies, inBox).map((counted) => ({
      contest,
      counted,
      tallied: inTallies.get(counted) ?? 0,
      recounted: inBox.get(counted) ?? 0,
    }));
  });
}

/**
 * What no lateness explains: tallies that were read before the box was, and hold more than the box. Every ballot that is
 * counted lies in the box, so at any instant a right tally is at most what the box then holds.
 */
export function surpluses(talliedBefore: Counts, recounted: Counts): readonly Disagreement[] {
  return disagreements(talliedBefore, recounted).filter(({ tallied, recounted: inBox }) => tallied > inBox);
}

/** What is missing from the tallies, or only not counted yet: they were read after the box was, and hold less than it. */
export function deficits(talliedAfter: Counts, recounted: Counts): readonly Disagreement[] {
  return disagreements(talliedAfter, recounted).filter(({ tallied, recounted: inBox }) => tallied < inBox);
}

/** Adds counts of parts of a box up; the order of the parts does not matter. */
export function sumCounts(parts: Iterable<Counts>): Counts {
  const sum = new Map<string, Map<string, number>>();
  for (const part of parts) {
    for (const [contest, histogram] of part) {
      const ofContest = sum.get(contest) ?? new Map<string, number>();
      sum.set(contest, ofContest);
      for (const [counted, count] of histogram) ofContest.set(counted, (ofContest.get(counted) ?? 0) + count);
    }
  }
  return sum;
}

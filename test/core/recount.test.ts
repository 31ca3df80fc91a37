import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type ContestTallies, deficits, disagreements, sumContestTallies, surpluses } from "#core/recount.ts";

/** A ballot: its interpretation, when it was stored, and how much later it was counted. */
const ballot = fc.record({
  contest: fc.constantFrom("1#north", "1#south", "2#all"),
  interpretation: fc.constantFrom("1", "2", "2>1", "!"),
  storedAt: fc.nat(100),
  countedAfter: fc.nat(50),
});
type Ballot = Readonly<{ contest: string; interpretation: string; storedAt: number; countedAfter: number }>;

function countOf(ballots: readonly Ballot[]): ContestTallies {
  return sumContestTallies(
    ballots.map(({ contest, interpretation }) => new Map([[contest, new Map([[interpretation, 1]])]])),
  );
}

const storedBy = (ballots: readonly Ballot[], at: number) => countOf(ballots.filter(({ storedAt }) => storedAt <= at));
const talliedBy = (ballots: readonly Ballot[], at: number) =>
  countOf(ballots.filter(({ storedAt, countedAfter }) => storedAt + countedAfter <= at));

/** The counts with one tally changed. */
function damaged(counts: ContestTallies, contest: string, interpretation: string, by: number): ContestTallies {
  return sumContestTallies([counts, new Map([[contest, new Map([[interpretation, by]])]])]);
}

describe("comparing tallies with the ballot box", () => {
  test("correct tallies are never reported, whatever is cast and counted while the box is read", () => {
    fc.assert(
      fc.property(fc.array(ballot), fc.nat(100), fc.nat(50), (ballots, beforeAt, taking) => {
        const boxAt = beforeAt + taking;
        const box = storedBy(ballots, boxAt);
        expect(surpluses(talliedBy(ballots, beforeAt), box)).toEqual([]);
        // Once everything in the box has been counted, and whatever came since.
        expect(deficits(talliedBy(ballots, boxAt + 50), box)).toEqual([]);
      }),
    );
  });

  test("once voting is over, one ballot too many or too few is reported, with its tally", () => {
    fc.assert(
      fc.property(fc.array(ballot, { minLength: 1 }), fc.constantFrom(1, -1), fc.nat(), (ballots, by, pick) => {
        const box = countOf(ballots);
        const { contest, interpretation } = ballots[pick % ballots.length] ?? { contest: "", interpretation: "" };
        const wrong = damaged(box, contest, interpretation, by);
        const told = [...surpluses(wrong, box), ...deficits(wrong, box)];
        expect(told.map((found) => [found.contest, found.interpretation, found.tallied - found.recounted])).toEqual([
          [contest, interpretation, by],
        ]);
      }),
    );
  });

  test("a ballot moved from one selection to another is reported although the sum is right", () => {
    const box: ContestTallies = new Map([
      [
        "1#north",
        new Map([
          ["1", 5],
          ["2", 5],
        ]),
      ],
    ]);
    const moved = damaged(damaged(box, "1#north", "1", 1), "1#north", "2", -1);
    expect(disagreements(moved, box)).toEqual([
      { contest: "1#north", interpretation: "1", tallied: 6, recounted: 5 },
      { contest: "1#north", interpretation: "2", tallied: 4, recounted: 5 },
    ]);
  });

  test("differences within a contest are sorted by interpretation", () => {
    const tallied: ContestTallies = new Map([
      [
        "1#north",
        new Map([
          ["2", 1],
          ["1", 1],
        ]),
      ],
    ]);
    expect(disagreements(tallied, new Map()).map(({ interpretation }) => interpretation)).toEqual(["1", "2"]);
  });

  test("a count of zero agrees with a selection that nobody cast", () => {
    const nothing: ContestTallies = new Map([["1#north", new Map([["1", 0]])]]);
    expect(disagreements(nothing, new Map())).toEqual([]);
  });

  test("parts of a box add up to the same count in any order", () => {
    fc.assert(
      fc.property(fc.array(ballot), fc.nat(5), (ballots, parts) => {
        const cut = Array.from({ length: parts + 1 }, (_, part) =>
          countOf(ballots.filter((_ballot, index) => index % (parts + 1) === part)),
        );
        expect(disagreements(sumContestTallies(cut), countOf(ballots))).toEqual([]);
        expect(disagreements(sumContestTallies(cut.toReversed()), countOf(ballots))).toEqual([]);
      }),
    );
  });
});

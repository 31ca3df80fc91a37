import { describe, expect, test } from "vitest";
import { verdictOf } from "#published/verdict.ts";
import { lawCount, rankedCount, singleCount } from "#test/published/examples.ts";

describe("the verdict on a result", () => {
  test("names who is elected by most votes, who came next, and the votes between them", () => {
    expect(verdictOf(singleCount({ 1: 2, 2: 5, 3: 0 }))).toMatchObject({
      kind: "elected",
      final: true,
      elected: [{ id: "2", votes: 5 }],
      next: { id: "1", votes: 2 },
      margin: 3,
      round: undefined,
    });
  });

  test("says that they only lead until the count after closing is shown", () => {
    expect(verdictOf(singleCount({ 1: 2, 2: 5 }, { status: "open" }))).toMatchObject({ kind: "elected", final: false });
  });

  test("names nobody as next where nobody else has a vote", () => {
    expect(verdictOf(singleCount({ 1: 4, 2: 0 }))).toMatchObject({ margin: 4, next: undefined });
  });

  test("names only those with most votes as tied for the seat", () => {
    expect(verdictOf(singleCount({ 1: 3, 2: 3, 3: 1 }))).toMatchObject({
      kind: "tie",
      over: "seat",
      tied: [{ id: "1" }, { id: "2" }],
    });
  });

  test("tells what a ranked tie is over, as the API does", () => {
    const tied = (tie_over: "win" | "elimination") =>
      verdictOf({ ...rankedCount, outcome: { kind: "tie", candidate_ids: ["1", "2"], tie_over } });
    expect(tied("elimination")).toMatchObject({ kind: "tie", over: "elimination" });
    expect(tied("win")).toMatchObject({ kind: "tie", over: "seat" });
  });

  test("has the margin of a ranked count in its last round", () => {
    expect(verdictOf(rankedCount)).toMatchObject({
      kind: "elected",
      elected: [{ id: "1", votes: 3 }],
      next: { id: "2", votes: 1 },
      margin: 2,
      round: 1,
    });
  });

  test("has a law's outcome, and the votes between its answers", () => {
    expect(verdictOf(lawCount)).toEqual({ kind: "law", outcome: "adopted", margin: 2 });
  });

  test("is none for regions that elect each for themselves, without votes, or while withheld", () => {
    expect(verdictOf(singleCount({ 1: 2, 2: 5 }, { region_id: null }))).toEqual({ kind: "by-region" });
    expect(verdictOf(singleCount({ 1: 0, 2: 0 }))).toEqual({ kind: "no-ballots", final: true });
    expect(verdictOf(singleCount({ 1: 2 }, { withheld: "after-close" }))).toEqual({ kind: "withheld" });
  });
});

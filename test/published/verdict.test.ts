import { describe, expect, test } from "vitest";
import { withWithdrawal } from "#core/officers-acts.ts";
import type { Results } from "#published/figures.ts";
import { verdictOf as verdictIn } from "#published/verdict.ts";
import { chooseRace, race } from "#test/definitions.ts";
import { lawCount, rankedCount, singleCount } from "#test/published/examples.ts";

const verdictOf = (results: Results, definition = race()) => verdictIn(definition, results);

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
      verdictOf({
        ...rankedCount,
        outcome: { kind: "tie", candidate_ids: ["1", "2"], tie_over, elected: [], open_seats: 1 },
      });
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

describe("the verdict on several seats", () => {
  const outcome = {
    kind: "elected" as const,
    candidate_ids: ["1", "2"],
    tie_over: null,
    elected: ["1", "2"],
    open_seats: 0,
  };
  const several = (overrides = {}) =>
    verdictOf(singleCount({ 1: 5, 2: 4, 3: 4 }, { voting_method: "choose", outcome: { ...outcome, ...overrides } }));

  test("names all who are elected, and the votes between the last of them and who came next", () => {
    expect(several()).toMatchObject({
      kind: "elected",
      elected: [{ id: "1" }, { id: "2" }],
      next: { id: "3" },
      margin: 0,
    });
    expect(several()).not.toHaveProperty("open");
  });

  test("names those tied for the last seat beside those elected, or alone", () => {
    const tie = { kind: "tie", tie_over: "win", candidate_ids: ["2", "3"], open_seats: 1 };
    expect(several({ ...tie, elected: ["1"] })).toMatchObject({
      kind: "elected",
      elected: [{ id: "1" }],
      open: { tied: [{ id: "2" }, { id: "3" }], seats: 1, over: "seat" },
    });
    expect(several({ ...tie, elected: [] })).toMatchObject({
      kind: "tie",
      over: "seat",
      tied: [{ id: "2" }, { id: "3" }],
    });
  });

  test("is nobody without a ballot", () => {
    expect(several({ kind: "no-ballots", candidate_ids: [], elected: [] })).toEqual({
      kind: "no-ballots",
      final: true,
    });
  });

  test("tells a tie over an elimination, and a lot that broke one", () => {
    const tie = { kind: "tie", tie_over: "elimination", candidate_ids: ["2", "3"], elected: ["1"], open_seats: 1 };
    expect(several(tie)).toMatchObject({ open: { over: "elimination" } });
    const by_lot = { tied: ["2", "3"], seats: 1, by: "lot" };
    expect(several({ by_lot })).toMatchObject({ byLot: { tied: [{ id: "2" }, { id: "3" }], seats: 1 } });
  });

  test("passes over whoever withdrew, whose marks are told but elect nobody", () => {
    const definition = withWithdrawal(chooseRace(), "2", "2026-01-01T00:00:00Z");
    const first = { ...outcome, candidate_ids: ["1"], elected: ["1"] };
    const results = singleCount({ 1: 5, 2: 9, 3: 4 }, { voting_method: "choose", outcome: first });
    expect(verdictOf(results, definition)).toMatchObject({ elected: [{ id: "1" }], next: { id: "3" }, margin: 1 });
  });

  test("has the shares of a single transferable vote among all valid ballots, as its quota is", () => {
    const results = {
      ...rankedCount,
      voting_method: "stv" as const,
      total: 8,
      outcome: { ...outcome, candidate_ids: ["1"], elected: ["1"] },
    };
    expect(verdictOf(results)).toMatchObject({ elected: [{ id: "1", votes: 3, whole: 8 }], margin: 2, round: 1 });
  });
});

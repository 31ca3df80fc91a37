import { describe, expect, test } from "vitest";
import { countElection } from "#core/results.ts";
import { SPOILED } from "#core/selection.ts";
import { law, race, rankedRace } from "#test/definitions.ts";

type Counts = Readonly<Record<string, number>>;

function countOf(definition: ReturnType<typeof race>, tallies: Readonly<Record<string, Counts>>) {
  const byRegion = Object.entries(tallies).map(([id, counts]) => [id, new Map(Object.entries(counts))] as const);
  const count = countElection(definition, new Map(byRegion));
  return { ...count, all: count.together([...count.byRegion.values()]) };
}

const everywhere = ["a", "b", "c"].map((candidateId) => ({
  candidateId,
  firstName: candidateId,
  lastName: candidateId,
  regionIds: ["1", "2"],
}));

describe("an election's count", () => {
  test("has every contest of the definition, in its order, and no other", () => {
    const { byRegion } = countOf(race(), { "9": { "1": 8 }, "2": { "3": 2 } });
    expect([...byRegion].map(([id, { ballots }]) => [id, ballots])).toEqual([
      ["1", 0],
      ["2", 2],
    ]);
  });

  test("adds up to everything in the ballot box", () => {
    const contest = countOf(race({ allowBlank: true }), { "1": { "1": 5, "2": 3, "-": 2, [SPOILED]: 1 } }).byRegion.get(
      "1",
    );
    expect(contest?.ballots).toBe(11);
    expect(contest?.totals()).toEqual({
      votes: new Map([
        ["1", 5],
        ["2", 3],
      ]),
      blank: 2,
      spoiled: 1,
      total: 8,
      ballots: 11,
    });
  });

  test("has no rounds unless candidates are ranked", () => {
    expect(countOf(law(), { all: { oui: 1 } }).all.ranked()).toBeUndefined();
    expect(
      countOf(race(), { "1": { "1": 1 } })
        .byRegion.get("1")
        ?.ranked(),
    ).toBeUndefined();
  });

  test("leaves blank and spoiled ballots out of the rounds, and a ranked region has its own candidates", () => {
    const ranked = countOf(rankedRace({ allowBlank: true }), {
      "1": { "2>1": 2, "1": 1, "-": 5, [SPOILED]: 7 },
    }).byRegion.get("1");
    expect(ranked?.totals()).toMatchObject({ total: 3, blank: 5, spoiled: 7, ballots: 15 });
    const count = ranked?.ranked();
    expect(count?.outcome).toEqual({ kind: "elected", candidateId: "2" });
    expect(count?.rounds.map(({ votes, continuing }) => [Object.fromEntries(votes), continuing])).toEqual([
      [{ "1": 1, "2": 2 }, 3],
    ]);
  });

  test("adds up all rankings with the same first preference", () => {
    const ranked = countOf(rankedRace(), { "1": { "2>1": 4, "2": 3, "1": 1 } }).byRegion.get("1");
    expect(ranked?.totals().votes.get("2")).toBe(7);
  });

  test("breaks a tie in the rounds by the lot of its definition", () => {
    const tied = { "1": { "1": 2, "2": 2 } };
    const outcome = (tieBreakOrder: readonly string[]) =>
      countOf(rankedRace({ tieBreakOrder }), tied).byRegion.get("1")?.ranked()?.outcome;
    expect(outcome(["3", "2", "1"])).toEqual({ kind: "elected", candidateId: "2" });
    expect(outcome(["1", "2", "3"])).toEqual({ kind: "elected", candidateId: "1" });
  });
});

describe("regions counted as one", () => {
  test("have the sum of their ballots, with every candidate of the election", () => {
    const { all } = countOf(race({ allowBlank: true }), { "1": { "1": 2, "-": 1 }, "2": { "3": 4, "-": 2 } });
    expect(all.ballots).toBe(9);
    expect([...all.totals().votes]).toEqual([
      ["1", 2],
      ["2", 0],
      ["3", 4],
    ]);
    expect(all.totals()).toMatchObject({ blank: 3, total: 6 });
  });

  test("have rounds of their own where all share their candidates, and none elsewhere", () => {
    const shared = countOf(rankedRace({ candidates: everywhere }), { "1": { a: 3, "c>b": 2 }, "2": { b: 4 } });
    expect(shared.all.ranked()?.outcome).toEqual({ kind: "elected", candidateId: "b" });
    expect(countOf(rankedRace(), { "1": { "1": 1 }, "2": { "3": 1 } }).all.ranked()).toBeUndefined();
  });

  test("are the region itself where there is only one", () => {
    const one = countOf(
      race({
        regions: [{ regionId: "1", name: { fr: "a", en: "a" } }],
        candidates: [{ ...everywhere[0], regionIds: ["1"] }],
      }),
      { "1": { a: 1 } },
    );
    expect(one.all).toBe(one.byRegion.get("1"));
  });

  test("are some of the regions, not all, when only those are given", () => {
    const { byRegion, together } = countOf(race(), { "1": { "1": 2 }, "2": { "3": 4 } });
    expect(together([...byRegion.values()].slice(0, 1)).ballots).toBe(2);
    expect(together([]).ballots).toBe(0);
  });
});

test("a count is worked out once, however often it is read", () => {
  const contest = countOf(rankedRace(), { "1": { "1": 1 } }).byRegion.get("1");
  expect(contest?.totals()).toBe(contest?.totals());
  expect(contest?.ranked()).toBe(contest?.ranked());
});

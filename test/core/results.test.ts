import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ElectionDefinition } from "#core/election.ts";
import { percentage } from "#core/percentage.ts";
import { countElection, sumTallies, type Tally } from "#core/results.ts";
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

test("tallies add up the same in any order and grouping", () => {
  const tally = fc
    .dictionary(fc.constantFrom("1", "2", SPOILED), fc.nat({ max: 1000 }))
    .map((counts) => new Map(Object.entries(counts)));
  fc.assert(
    fc.property(tally, tally, tally, (a, b, c) => {
      const sorted = (sum: ReadonlyMap<string, number>) => [...sum].sort();
      expect(sorted(sumTallies([a, sumTallies([b, c])]))).toEqual(sorted(sumTallies([sumTallies([c, a]), b])));
    }),
  );
});

const totalsIn = (definition: ElectionDefinition, tally: Tally, regionId: string) =>
  countElection(definition, new Map([[regionId, tally]]))
    .byRegion.get(regionId)
    ?.totals();

test("a law's count shows both answers, even at zero, and keeps spoiled ballots apart", () => {
  const count = totalsIn(
    law(),
    new Map([
      ["oui", 3],
      [SPOILED, 1],
    ]),
    "all",
  );
  expect([...(count?.votes ?? [])]).toEqual([
    ["oui", 3],
    ["non", 0],
  ]);
  expect(count).toMatchObject({ total: 3, spoiled: 1, blank: 0, ballots: 4 });
});

test("a race's count shows the region's candidates, blank ballots apart", () => {
  const count = totalsIn(
    race({ allowBlank: true }),
    new Map([
      ["2", 5],
      ["-", 2],
    ]),
    "1",
  );
  expect([...(count?.votes ?? [])]).toEqual([
    ["1", 0],
    ["2", 5],
  ]);
  expect(count).toMatchObject({ total: 5, blank: 2, ballots: 7 });
});

test("a ranked ballot counts for its first preference", () => {
  const count = totalsIn(
    rankedRace(),
    new Map([
      ["2>1", 4],
      ["1", 1],
    ]),
    "1",
  );
  expect([...(count?.votes ?? [])]).toEqual([
    ["1", 1],
    ["2", 4],
  ]);
});

test("percentages have two decimals, and 0 of 0 is 0", () => {
  expect(percentage(1, 3)).toBe(33.33);
  expect(percentage(0, 0)).toBe(0);
});

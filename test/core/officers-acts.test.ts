import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { RaceDefinition } from "#core/contest.ts";
import type { ElectionDefinition } from "#core/election.ts";
import { actsIn, withActsOf, withLot, withWithdrawal } from "#core/officers-acts.ts";
import { countElection, type Tally } from "#core/results.ts";
import { seatsOf } from "#core/seats.ts";
import { canBeCast, checkSelection, SPOILED } from "#core/selection.ts";
import { chooseRace, law, race, rankedRace } from "#test/definitions.ts";

const AT = "2025-06-01T12:00:00.000Z";
const asRace = (definition: ElectionDefinition): RaceDefinition => {
  if (definition.votingMethod === "referendum") throw new Error("a law has no candidates");
  return definition;
};
const candidates = ["1", "2", "3"].map((candidateId) => {
  return { candidateId, firstName: "A", lastName: candidateId, regionIds: ["1", "2"] };
});
const counted = (definition: ElectionDefinition, votes: Readonly<Record<string, number>>) => {
  const { byRegion } = countElection(definition, new Map([["1", new Map(Object.entries(votes))]]));
  const contest = byRegion.get("1");
  if (contest === undefined) throw new Error("no region 1");
  return contest;
};
const seatIn = (definition: ElectionDefinition, votes: Readonly<Record<string, number>>) =>
  seatsOf(asRace(definition), new Map([["1", counted(definition, votes)]]))[0]?.outcome;

describe("ballots for a candidate who withdrew", () => {
  test("are void in a single choice, unless the definition counts them", () => {
    const cast = { "1": 5, "2": 3, [SPOILED]: 1, "-": 2 };
    const withdrawn = withWithdrawal(race({ candidates }), "1", AT);
    expect(counted(withdrawn, cast).totals()).toEqual({
      votes: new Map([
        ["1", 0],
        ["2", 3],
        ["3", 0],
      ]),
      blank: 2,
      spoiled: 6,
      total: 3,
      ballots: 11,
    });
    expect(seatIn(withdrawn, cast)).toEqual({ kind: "elected", candidateId: "2" });
    const kept = withWithdrawal(race({ candidates, withdrawn: "count" }), "1", AT);
    expect(counted(kept, cast).totals()).toMatchObject({ spoiled: 1, total: 8 });
    expect(seatIn(kept, cast)).toEqual({ kind: "elected", candidateId: "1" });
  });

  test("pass on to the next in a ranked choice, and are void where there is none", () => {
    const withdrawn = withWithdrawal(rankedRace({ candidates, maxRankings: 3 }), "1", AT);
    const contest = counted(withdrawn, { "1>3>2": 4, "1": 2, "2": 3, "3>1>2": 1 });
    expect(contest.totals()).toMatchObject({ total: 8, spoiled: 2, ballots: 10 });
    expect(contest.totals().votes).toEqual(
      new Map([
        ["1", 0],
        ["2", 3],
        ["3", 5],
      ]),
    );
    expect(contest.ranked()?.rounds[0]?.votes).toEqual(
      new Map([
        ["2", 3],
        ["3", 5],
      ]),
    );
    expect(contest.ranked()?.outcome).toEqual({ kind: "elected", candidateId: "3" });
  });

  test("count as if the candidate had never stood, whatever the ballots", () => {
    const rankings = fc.array(
      fc.tuple(fc.shuffledSubarray(["1", "2", "3"], { minLength: 1 }), fc.integer({ min: 1, max: 4 })),
    );
    const tallyOf = (cast: readonly (readonly [readonly string[], number])[]): Tally => {
      const tally = new Map<string, number>();
      for (const [ranking, count] of cast) {
        if (ranking.length > 0) tally.set(ranking.join(">"), (tally.get(ranking.join(">")) ?? 0) + count);
      }
      return tally;
    };
    const withdrawn = withWithdrawal(rankedRace({ candidates, maxRankings: 3 }), "2", AT);
    const never = rankedRace({
      candidates: candidates.filter(({ candidateId }) => candidateId !== "2"),
      maxRankings: 3,
    });
    fc.assert(
      fc.property(rankings, (cast) => {
        const stripped = cast.map(([ranking, count]) => [ranking.filter((id) => id !== "2"), count] as const);
        const one = countElection(withdrawn, new Map([["1", tallyOf(cast)]])).byRegion.get("1");
        const other = countElection(never, new Map([["1", tallyOf(stripped)]])).byRegion.get("1");
        expect(one?.ranked()).toEqual(other?.ranked());
        expect(one?.totals().total).toBe(other?.totals().total);
      }),
    );
  });
});

test("who has withdrawn can no longer be chosen, but a ballot for them fits all the same", () => {
  const withdrawn = withWithdrawal(rankedRace({ candidates }), "1", AT);
  const ranking = { kind: "ranking", candidateIds: ["2", "1"] } as const;
  expect(checkSelection(withdrawn, "1", ranking).ok).toBe(true);
  expect(canBeCast(withdrawn, "1", ranking)).toBe(false);
  expect(canBeCast(withdrawn, "1", { kind: "ranking", candidateIds: ["2", "3"] })).toBe(true);
  const several = withWithdrawal(chooseRace({ candidates }), "1", AT);
  expect(canBeCast(several, "1", { kind: "marks", candidateIds: ["2", "1"] })).toBe(false);
  expect(canBeCast(several, "1", { kind: "marks", candidateIds: ["2", "3"] })).toBe(true);
  const single = withWithdrawal(race({ candidates }), "1", AT);
  expect(canBeCast(single, "1", { kind: "candidate", candidateId: "1" })).toBe(false);
  expect(canBeCast(single, "1", { kind: "candidate", candidateId: "2" })).toBe(true);
  expect(canBeCast(law(), "all", { kind: "choice", choice: "oui" })).toBe(true);
});

describe("a lot drawn after closing", () => {
  const level = { "1": 2, "2": 2, "3": 1 };
  const lot = (regionId: string | null, ...order: string[]) => ({ regionId, order, drawnAt: AT });

  test("decides a single choice between those with most votes", () => {
    const drawn = withLot(race({ candidates }), lot("1", "2", "1"));
    expect(seatIn(drawn, level)).toEqual({ kind: "elected", candidateId: "2", byLot: ["1", "2"] });
  });

  test("decides nothing where there is no tie, between others, or in another region", () => {
    expect(seatIn(withLot(race({ candidates }), lot("1", "2", "1")), { "1": 3, "2": 2 })).toEqual({
      kind: "elected",
      candidateId: "1",
    });
    const tie = { kind: "tie", tied: ["1", "2"], over: "win" };
    expect(seatIn(withLot(race({ candidates }), lot("1", "3", "1")), level)).toEqual(tie);
    expect(seatIn(withLot(race({ candidates }), lot("2", "2", "1")), level)).toEqual(tie);
    expect(seatIn(withLot(race({ candidates }), lot(null, "2", "1")), level)).toEqual(tie);
  });

  test("decides a ranked count after the order drawn before, and only that of its contest", () => {
    const cast = { "1": 3, "2": 2, "3>2": 2 };
    expect(seatIn(withLot(rankedRace({ candidates }), lot("1", "2", "3")), cast)).toMatchObject({ candidateId: "2" });
    expect(seatIn(withLot(rankedRace({ candidates }), lot("1", "3", "2")), cast)).toMatchObject({ candidateId: "1" });
    const before = rankedRace({ candidates, tieBreakOrder: ["3", "2", "1"] });
    expect(seatIn(withLot(before, lot("1", "2", "3")), cast)).toMatchObject({ candidateId: "1" });
    expect(seatIn(withLot(rankedRace({ candidates }), lot(null, "2", "3")), cast)).toMatchObject({ kind: "tie" });
    const { byRegion, together } = countElection(
      withLot(rankedRace({ candidates }), lot(null, "2", "3")),
      new Map([["1", new Map(Object.entries(cast))]]),
    );
    expect(together([...byRegion.values()]).ranked()?.outcome).toMatchObject({ candidateId: "2" });
  });
});

test("a definition's file stays as it was: what officers did since is kept, and told apart", () => {
  const file = rankedRace({ candidates });
  const lots = { regionId: "1", order: ["2", "3"], drawnAt: AT };
  const registered = withLot(withWithdrawal(file, "2", AT), lots);
  expect(withActsOf(registered, file)).toEqual(registered);
  expect(actsIn(file)).toEqual([]);
  expect(actsIn(registered)).toEqual(["candidates[1].withdrawnAt", "lots"]);
  expect([withLot(law(), lots), withWithdrawal(law(), "1", AT), withActsOf(law(), law())]).toEqual([
    law(),
    law(),
    law(),
  ]);
  expect(actsIn(law())).toEqual([]);
});

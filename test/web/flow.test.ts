import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { countRanked } from "#core/ranked-choice.ts";

import type { RoundResult } from "#functions/results/contract.ts";
import { flowOf } from "#web/results/flow.ts";

/** A ranked count as the API gives it. */
function counted(candidateIds: readonly string[], rankings: readonly (readonly string[])[]) {
  const { rounds, outcome } = countRanked(
    candidateIds,
    rankings.map((ranking) => ({ ranking, count: 1 })),
    { lots: [{ order: candidateIds, drawn: "before-the-election" }] },
  );
  return {
    rounds: rounds.map(
      ({ number, votes, ...round }): RoundResult => ({
        round: number,
        candidates: [...votes].map(([candidate_id, count]) => ({ candidate_id, votes: count, percentage: 0 })),
        continuing: round.continuing,
        exhausted: round.exhausted,
        threshold: round.threshold,
        eliminated: [...round.eliminated],
        transfers: [...round.transfersFrom].flatMap(([from, moved]) => {
          const exhausted = (votes.get(from) ?? 0) - sum([...moved.values()]);
          return [
            ...[...moved].map(([candidate_id, count]) => ({ from, candidate_id, votes: count })),
            ...(exhausted > 0 ? [{ from, candidate_id: null, votes: exhausted }] : []),
          ];
        }),
        tie_break: null,
      }),
    ),
    electedId: outcome.kind === "elected" ? outcome.candidateId : undefined,
  };
}

const IDS = ["a", "b", "c", "d", "e"] as const;
const anyCount = fc
  .array(fc.shuffledSubarray([...IDS], { minLength: 1 }), { minLength: 1, maxLength: 40 })
  .map((rankings) => counted(IDS, rankings));

const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);

describe("the picture of the rounds", () => {
  test("keeps every vote: what leaves a node is what it had, and what reaches one is what it has", () => {
    fc.assert(
      fc.property(anyCount, ({ rounds, electedId }) => {
        const { nodes, ribbons } = flowOf(rounds, electedId);
        for (const { id, round, depth } of nodes) {
          const leaving = ribbons.filter((ribbon) => ribbon.from === id && ribbon.round === round);
          const coming = ribbons.filter((ribbon) => ribbon.to === id && ribbon.round === round - 1);
          if (round < rounds.length) expect(sum(leaving.map((ribbon) => ribbon.depth))).toBeCloseTo(depth, 6);
          if (round > 1) expect(sum(coming.map((ribbon) => ribbon.depth))).toBeCloseTo(depth, 6);
        }
      }),
    );
  });

  test("draws ribbons in proportion to votes, inside its frame", () => {
    fc.assert(
      fc.property(anyCount, ({ rounds, electedId }) => {
        const { height, nodes } = flowOf(rounds, electedId);
        const votesOf = (id: string | null, round: number): number | undefined =>
          id === null
            ? rounds[round - 1]?.exhausted
            : rounds[round - 1]?.candidates.find(({ candidate_id }) => candidate_id === id)?.votes;
        const [first] = nodes;
        const unit = (first?.depth ?? 0) / (votesOf(first?.id ?? null, first?.round ?? 1) ?? 1);
        for (const { id, round, x, y, depth } of nodes) {
          expect(depth).toBeCloseTo((votesOf(id, round) ?? 0) * unit, 6);
          expect(x).toBeGreaterThanOrEqual(0);
          expect(x).toBeLessThanOrEqual(98);
          expect(y + depth).toBeLessThanOrEqual(height + 1e-9);
        }
      }),
    );
  });

  test("gives each candidate a lane, with the winner's on top and the exhausted ballots' at the bottom", () => {
    fc.assert(
      fc.property(anyCount, ({ rounds, electedId }) => {
        const { lanes, nodes, height } = flowOf(rounds, electedId);
        expect(lanes[0]?.id).toBe(electedId);
        expect(lanes.at(-1)?.id).toBeNull();
        expect(new Set(lanes.map(({ id }) => id)).size).toBe(lanes.length);
        for (const [index, { id, top }] of lanes.entries()) {
          const below = lanes[index + 1]?.top ?? height;
          expect(top).toBeLessThan(below);
          for (const node of nodes.filter((one) => one.id === id)) {
            expect(node.y).toBeGreaterThan(top);
            expect(node.y + node.depth).toBeLessThanOrEqual(below + 1e-9);
          }
        }
      }),
    );
  });

  test("keeps its height when ballots arrive, so that nothing below it moves", () => {
    fc.assert(
      fc.property(anyCount, anyCount, (one, other) => {
        expect(flowOf(one.rounds, one.electedId).height).toBeCloseTo(flowOf(other.rounds, other.electedId).height, 6);
      }),
    );
  });

  test("leads from the eliminated to those ranked next", () => {
    const { rounds, electedId } = counted(
      ["a", "b", "c"],
      [["a"], ["a"], ["a"], ["b"], ["b"], ["b"], ["c", "a"], ["c"]],
    );
    expect(electedId).toBe("a");
    const { lanes, ribbons } = flowOf(rounds, electedId);
    expect(lanes.map(({ id }) => id)).toEqual(["a", "b", "c", null]);
    expect(ribbons.map(({ from, to, round }) => [from, to, round])).toEqual([
      ["a", "a", 1],
      ["b", "b", 1],
      ["c", "a", 1],
      ["c", null, 1],
    ]);
  });
});

test("a surplus leaves its lane below the quota, the elected stay on top in the order of their election", () => {
  const standing = (votes: Record<string, number>) =>
    Object.entries(votes).map(([candidate_id, count]) => ({ candidate_id, votes: count, percentage: 0 }));
  const common = { continuing: 10, threshold: 3, exhausted: 0, eliminated: [], transfers: [], tie_break: null };
  const rounds: readonly RoundResult[] = [
    {
      ...common,
      round: 1,
      candidates: standing({ c: 1, b: 2, a: 7 }),
      elected: ["a"],
      surplus_of: ["a"],
      transfers: [
        { from: "a", candidate_id: "b", votes: 2.5 },
        { from: "a", candidate_id: "c", votes: 1.5 },
      ],
    },
    { ...common, round: 2, candidates: standing({ c: 2.5, b: 4.5, a: 3 }), elected: ["b"], surplus_of: ["b"] },
    { ...common, round: 3, candidates: standing({ c: 4, b: 3, a: 3 }), elected: ["c"], surplus_of: [] },
  ];
  const { lanes, nodes, ribbons } = flowOf(rounds, "b");
  expect(lanes.map(({ id }) => id)).toEqual(["a", "b", "c", null]);
  const depthOf = (id: string, round: number): number =>
    nodes.find((node) => node.id === id && node.round === round)?.depth ?? 0;
  const leaving = ribbons.filter(({ from, round }) => from === "a" && round === 1);
  expect(leaving.map(({ to }) => to)).toEqual(["a", "b", "c"]);
  expect(leaving.reduce((sum, { depth }) => sum + depth, 0)).toBeCloseTo(depthOf("a", 1), 6);
  expect(leaving[0]?.depth).toBeCloseTo(depthOf("a", 2), 6);
});

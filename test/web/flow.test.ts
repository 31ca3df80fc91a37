import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { RoundResult } from "#functions/results/contract.ts";
import { counted } from "#test/web/counted-rounds.ts";
import { type Band, type FlowRound, flowOf, type Ribbon, ribbonPath } from "#web/results/flow.ts";

const IDS = ["a", "b", "c", "d", "e"] as const;
const anyCount = fc
  .array(fc.shuffledSubarray([...IDS], { minLength: 1 }), { minLength: 1, maxLength: 40 })
  .map((rankings) => counted(IDS, rankings));

const isNear = (one: number, other: number): boolean => Math.abs(one - other) < 1e-6;
const endOf = ({ x, width }: Pick<Band, "x" | "width">): number => x + width;
const bandIn = (flow: readonly FlowRound[], round: number, id: string | null): Band | undefined =>
  flow[round - 1]?.bands.find((band) => band.id === id);

/** Whether votes lie side by side, from a band's left edge to its right one. */
function fills(band: Band, ribbons: readonly Ribbon[], edge: "fromX" | "toX"): boolean {
  const inTurn = ribbons.toSorted((one, other) => one[edge] - other[edge]);
  const starts = inTurn.map((ribbon) => ribbon[edge]);
  const ends = inTurn.map((ribbon) => ribbon[edge] + ribbon.width);
  return isNear(starts[0] ?? -1, band.x) && ends.every((end, index) => isNear(end, starts[index + 1] ?? endOf(band)));
}

describe("the picture of the rounds", () => {
  test("keeps every vote: what leaves a band is what it had, and what reaches one is what it has", () => {
    fc.assert(
      fc.property(anyCount, ({ rounds, electedId }) => {
        const flow = flowOf(rounds, electedId);
        for (const { round, bands, ribbons } of flow) {
          const coming = flow[round - 2]?.ribbons;
          for (const band of bands) {
            const leaving = ribbons.filter(({ from }) => from === band.id);
            if (round < rounds.length) expect(fills(band, leaving, "fromX")).toBe(true);
            if (coming === undefined) continue;
            const arriving = coming.filter(({ to }) => to === band.id);
            expect(fills(band, arriving, "toX")).toBe(true);
          }
        }
      }),
    );
  });

  test("writes into the widest part of a band that no line crosses", () => {
    fc.assert(
      fc.property(anyCount, ({ rounds, electedId }) => {
        for (const { bands, needed } of flowOf(rounds, electedId)) {
          for (const { x, width, room } of bands) {
            const [from, to] = [room.start, room.start + room.width].map((at) => x + (at / 100) * width);
            if (from === undefined || to === undefined) throw new RangeError("no room");
            expect(from).toBeGreaterThanOrEqual(x - 1e-6);
            expect(to).toBeLessThanOrEqual(x + width + 1e-6);
            expect(needed.filter((line) => line > from + 1e-6 && line < to - 1e-6)).toEqual([]);
            const parts = needed.filter((line) => line > x && line < x + width).length + 1;
            expect(room.width).toBeGreaterThanOrEqual(100 / parts - 1e-6);
          }
        }
      }),
    );
  });

  test("draws each round as wide as the picture, every band in proportion to its votes and none over another", () => {
    fc.assert(
      fc.property(anyCount, ({ rounds, electedId }) => {
        const flow = flowOf(rounds, electedId);
        const all = rounds[0] === undefined ? 0 : rounds[0].continuing + rounds[0].exhausted;
        for (const { round, bands } of flow) {
          const { candidates = [], exhausted = 0 } = rounds[round - 1] ?? {};
          const votes = [...candidates.map(({ candidate_id, votes }) => [candidate_id, votes] as const)];
          const counted = new Map<string | null, number>([...votes, [null, exhausted]]);
          for (const { id, votes, width } of bands) {
            expect(votes).toBe(counted.get(id));
            expect(width).toBeCloseTo((votes / all) * 100, 6);
          }
          expect(bands[0]?.x).toBe(0);
          for (const [index, band] of bands.entries()) expect(endOf(band)).toBeCloseTo(bands[index + 1]?.x ?? 100, 6);
        }
      }),
    );
  });

  test("draws nothing beyond its edges, be there 25 candidates", () => {
    const ids = Array.from({ length: 25 }, (_, index) => `c${index}`);
    const manyRounds = fc
      .array(fc.shuffledSubarray(ids, { minLength: 1, maxLength: 6 }), { minLength: 60, maxLength: 120 })
      .map((rankings) => counted(ids, rankings));
    fc.assert(
      fc.property(manyRounds, ({ rounds, electedId }) => {
        for (const { bands, ribbons, needed, leaders } of flowOf(rounds, electedId)) {
          const places = [
            ...bands.flatMap((band) => [band.x, endOf(band)]),
            ...ribbons.flatMap(({ fromX, toX, width }) => [fromX, toX, fromX + width, toX + width]),
            ...needed,
            ...leaders,
          ];
          expect(Math.min(...places)).toBeGreaterThanOrEqual(0);
          expect(Math.max(...places)).toBeLessThanOrEqual(100 + 1e-6);
        }
      }),
      { numRuns: 20 },
    );
  });

  test("has the winner on the left, whoever goes out last of those left, and the exhausted ballots on the right", () => {
    fc.assert(
      fc.property(anyCount, ({ rounds, electedId }) => {
        for (const { round, bands } of flowOf(rounds, electedId)) {
          const order = bands.map(({ id }) => id);
          if (electedId !== undefined && order.includes(electedId)) expect(order[0]).toBe(electedId);
          if (order.includes(null)) expect(order.at(-1)).toBeNull();
          const standing = order.filter((id) => id !== null);
          const out = (rounds[round - 1]?.eliminated ?? []).filter((id) => order.includes(id));
          expect(new Set(standing.slice(standing.length - out.length))).toEqual(new Set(out));
        }
      }),
    );
  });

  test("marks the majority of each round where the votes needed end", () => {
    fc.assert(
      fc.property(anyCount, ({ rounds, electedId }) => {
        for (const { round, needed, bands } of flowOf(rounds, electedId)) {
          const { threshold = 0, continuing = 0, exhausted = 0 } = rounds[round - 1] ?? {};
          expect(needed).toHaveLength(1);
          expect(needed[0]).toBeCloseTo((threshold / (continuing + exhausted)) * 100, 6);
          const reaches = bands.some(({ id, votes }) => id !== null && votes >= threshold);
          expect(endOf(bands[0] ?? { x: 0, width: 0 }) >= (needed[0] ?? 0) - 1e-6).toBe(reaches);
        }
      }),
    );
  });

  test("leads from the eliminated to those ranked next, and points at who goes out", () => {
    const { rounds, electedId } = counted(
      ["a", "b", "c"],
      [["a"], ["a"], ["a"], ["b"], ["b"], ["b"], ["c", "a"], ["c"]],
    );
    expect(electedId).toBe("a");
    const flow = flowOf(rounds, electedId);
    expect(flow.map(({ bands }) => bands.map(({ id }) => id))).toEqual([
      ["a", "b", "c"],
      ["a", "b", null],
    ]);
    expect(flow[0]?.ribbons).toEqual([
      { from: "a", to: "a", fromX: 0, toX: 0, width: 37.5 },
      { from: "b", to: "b", fromX: 37.5, toX: 50, width: 37.5 },
      { from: "c", to: "a", fromX: 75, toX: 37.5, width: 12.5 },
      { from: "c", to: null, fromX: 87.5, toX: 87.5, width: 12.5 },
    ]);
    expect(flow.map(({ leaders }) => leaders)).toEqual([[87.5], [93.75]]);
    expect(flow[1]?.ribbons).toEqual([]);
  });

  test("draws a ribbon down a square, as wide at both ends", () => {
    expect(ribbonPath({ from: "c", to: "a", fromX: 75, toX: 37.5, width: 12.5 })).toBe(
      "M75 0C75 50 37.5 50 37.5 100H50C50 50 87.5 50 87.5 0Z",
    );
  });
});

test("a surplus leaves from the right of the quota, the elected stand on the left in the order of their election", () => {
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
  const flow = flowOf(rounds, "b");
  expect(flow[0]?.bands.map(({ id }) => id)).toEqual(["a", "b", "c"]);
  const leaving = flow[0]?.ribbons.filter(({ from }) => from === "a") ?? [];
  expect(leaving.map(({ to, fromX, width }) => [to, fromX, width])).toEqual([
    ["a", 0, 30],
    ["b", 30, 25],
    ["c", 55, 15],
  ]);
  expect(bandIn(flow, 2, "a")?.width).toBe(30);
  // The quota from the left, and in every other band that has as much.
  expect(flow.map(({ needed }) => needed)).toEqual([[30], [30, 60], [30, 60, 90]]);
  expect(flow.map(({ leaders }) => leaders)).toEqual([[35], [52.5], [80]]);
});

test("votes lost by rounding leave a gap at the end, so that every bar has the same scale", () => {
  const round = { round: 1, continuing: 9, exhausted: 1, threshold: 4, eliminated: [], transfers: [], tie_break: null };
  const [first, second] = flowOf(
    [
      { ...round, candidates: [{ candidate_id: "a", votes: 9, percentage: 0 }], elected: ["a"], surplus_of: [] },
      {
        ...round,
        round: 2,
        continuing: 8.5,
        lost: 0.5,
        candidates: [{ candidate_id: "a", votes: 8.5, percentage: 0 }],
        elected: [],
        surplus_of: [],
      },
    ],
    undefined,
  );
  expect(first?.bands.map(endOf)).toEqual([90, 100]);
  expect(second?.bands.map(endOf)).toEqual([85, 95]);
});

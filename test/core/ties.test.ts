import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as z from "zod";
import { harmlessTies } from "#core/harmless-ties.ts";
import { countRanked, type RankedCount } from "#core/ranked-choice.ts";
import { firstStanding, type RankedBallots } from "#core/ranked-standing.ts";
import type { Lot } from "#core/ties.ts";

const drawn = (order: readonly string[]): Lot => ({ order, drawn: "before-the-election" });
const drawnLater = (...order: string[]): Lot => ({ order, drawn: "after-closing" });

/** `A>B` to the number of ballots that say so. */
const ballotsOf = (cast: Readonly<Record<string, number>>): RankedBallots[] =>
  Object.entries(cast).map(([ranking, count]) => ({ ranking: ranking.split(">"), count }));

const winnerOf = ({ outcome }: RankedCount): string =>
  outcome.kind === "elected" ? outcome.candidateId : outcome.kind;

describe("a tie that cannot matter", () => {
  test("never empties a seat: nobody voted for two of the candidates", () => {
    const count = countRanked(["A", "B", "C", "D", "E"], ballotsOf({ A: 4, "B>C": 4, "C>B": 2 }));
    expect(winnerOf(count)).toBe("B");
    expect(count.rounds.map(({ eliminated, tieBreak }) => ({ eliminated, tieBreak }))).toEqual([
      { eliminated: ["D", "E"], tieBreak: { tied: ["D", "E"], by: "together" } },
      { eliminated: ["C"] },
      { eliminated: [] },
    ]);
  });

  test("takes those with it who cannot reach the next either, and no others", () => {
    const cast = { A: 9, B: 8, C: 4, "D>B": 2, "E>A": 1, "F>D": 1, G: 13 };
    const { rounds } = countRanked(["A", "B", "C", "D", "E", "F", "G"], ballotsOf(cast));
    // D has as many as E and F together: D goes with them only because all three stay behind C by 4 to 4.
    expect(rounds[0]?.eliminated).toEqual(["F"]);
    expect(rounds[0]?.tieBreak).toEqual({ tied: ["E", "F"], by: "no-difference" });
    const { rounds: others } = countRanked(["A", "B", "C", "D", "E", "F", "G"], ballotsOf({ ...cast, C: 5 }));
    expect(others[0]).toMatchObject({ eliminated: ["E", "F", "D"], tieBreak: { tied: ["E", "F"], by: "together" } });
    expect(others[0]?.transfersFrom).toEqual(
      new Map([
        ["E", new Map([["A", 1]])],
        ["F", new Map()],
        ["D", new Map([["B", 2]])],
      ]),
    );
    expect(others[0]).toMatchObject({
      transfers: new Map([
        ["A", 1],
        ["B", 2],
      ]),
      transferredToExhausted: 1,
    });
  });

  test("is passed over when whoever goes out, the same candidate is elected", () => {
    const count = countRanked(["A", "B", "C"], ballotsOf({ A: 5, "B>A": 3, "C>A": 3 }));
    expect(winnerOf(count)).toBe("A");
    expect(count.rounds[0]).toMatchObject({ eliminated: ["C"], tieBreak: { tied: ["B", "C"], by: "no-difference" } });
  });

  test("is found among many: nine candidates of one vote each", () => {
    const others = Array.from({ length: 9 }, (_, index) => `c${index}`);
    const cast = Object.fromEntries(others.map((id, index) => [`${id}>${others[(index + 5) % 9]}>A`, 1]));
    expect(winnerOf(countRanked(["A", ...others], ballotsOf({ ...cast, A: 6 })))).toBe("A");
  });

  test("in the 2015 Portland sample of RCTab leaves Mavodones elected, 54 to 40, without an order", () => {
    const file = new URL("../fixtures/rcv-cases/2015-portland-mayor.json", import.meta.url);
    const { candidates, ballots } = z
      .object({
        candidates: z.array(z.string()),
        ballots: z.array(z.object({ ranking: z.array(z.string()), count: z.number() })),
      })
      .parse(JSON.parse(readFileSync(file, "utf8")));
    const { rounds, outcome } = countRanked(candidates, ballots);
    expect(outcome).toEqual({ kind: "elected", candidateId: "Mavodones, Nicholas M. Jr." });
    expect([...(rounds.at(-1)?.votes ?? [])]).toEqual([
      ["Carmona, Ralph C.", 40],
      ["Mavodones, Nicholas M. Jr.", 54],
    ]);
  });
});

describe("a tie that matters", () => {
  const cast = ballotsOf({ A: 3, B: 2, "C>B": 2 });

  test("is broken by a lot drawn after closing, between those tied", () => {
    const count = countRanked(["A", "B", "C"], cast, { lots: [drawnLater("B", "C")] });
    expect(winnerOf(count)).toBe("B");
    expect(count.rounds[0]?.tieBreak).toEqual({ tied: ["B", "C"], by: "lot-after-closing" });
    expect(winnerOf(countRanked(["A", "B", "C"], cast, { lots: [drawnLater("C", "B")] }))).toBe("A");
  });

  test("is not broken by a lot that leaves one of the tied out, and the lot of before comes first", () => {
    expect(winnerOf(countRanked(["A", "B", "C"], cast, { lots: [drawnLater("A", "B")] }))).toBe("tie");
    const lots = [drawn(["C", "A", "B"]), drawnLater("B", "C")];
    expect(winnerOf(countRanked(["A", "B", "C"], cast, { lots }))).toBe("A");
  });

  test("may come again, and needs a lot of its own", () => {
    const ids = ["A", "B", "C", "D"];
    const again = ballotsOf({ D: 3, B: 2, "A>B": 2, "C>B": 1, C: 2 });
    expect(countRanked(ids, again).outcome).toEqual({ kind: "tie", tied: ["A", "B"], over: "elimination" });
    const first = drawnLater("A", "B");
    expect(countRanked(ids, again, { lots: [first] }).outcome).toEqual({ kind: "tie", tied: ["C", "D"], over: "win" });
    expect(winnerOf(countRanked(ids, again, { lots: [first, drawnLater("D", "C")] }))).toBe("D");
  });

  test("is told, and not the one before it that changes nothing of it", () => {
    const cast = ballotsOf({ A: 4, B: 4, C: 2, D: 2 });
    const count = countRanked(["A", "B", "C", "D"], cast);
    expect(count.rounds[0]?.tieBreak).toEqual({ tied: ["C", "D"], by: "no-difference" });
    expect(count.outcome).toEqual({ kind: "tie", tied: ["A", "B"], over: "win" });
  });

  test("names only those whom earlier rounds do not tell apart", () => {
    const narrowed = ballotsOf({ A: 6, B: 4, "C>D": 3, "D>C": 3, "E>C>D": 1, "E>D>C": 1 });
    const { rounds, outcome } = countRanked(["A", "B", "C", "D", "E"], narrowed);
    expect([...(rounds[1]?.votes.values() ?? [])]).toEqual([6, 4, 4, 4]);
    expect(outcome).toEqual({ kind: "tie", tied: ["C", "D"], over: "elimination" });
  });

  test("ended the count up to the certificates of format 3, even if it could not matter, and named all of the lowest", () => {
    const idle = ballotsOf({ A: 4, "B>C": 4, "C>B": 2 });
    expect(countRanked(["A", "B", "C", "D", "E"], idle, { lots: [], isOld: true }).outcome).toEqual({
      kind: "tie",
      tied: ["D", "E"],
      over: "elimination",
    });
    const narrowed = ballotsOf({ A: 9, B: 4, C: 3, D: 3, "E>C": 1, "E>D": 1 });
    const rules = { lots: [drawn(["A", "C", "D", "B", "E"])], isOld: true };
    expect(countRanked(["A", "B", "C", "D", "E"], narrowed, rules).rounds[1]?.tieBreak).toEqual({
      tied: ["B", "C", "D"],
      by: "lot",
    });
  });
});

describe("whatever the ballots", () => {
  const IDS = ["A", "B", "C", "D", "E"];
  /** Few ballots, so that many are tied. */
  const fewBallots = fc.array(
    fc.record<RankedBallots>({
      ranking: fc.shuffledSubarray(IDS, { minLength: 1 }),
      count: fc.integer({ min: 1, max: 3 }),
    }),
    { minLength: 1, maxLength: 8 },
  );
  const orders = (ids: readonly string[]): readonly (readonly string[])[] =>
    ids.length < 2
      ? [ids]
      : ids.flatMap((id) => orders(ids.filter((other) => other !== id)).map((rest) => [id, ...rest]));
  const allOrders = orders(IDS);

  test("without a lot a candidate is elected exactly when every order of a lot elects the same", () => {
    fc.assert(
      fc.property(fewBallots, (cast) => {
        const winners = new Set(allOrders.map((order) => winnerOf(countRanked(IDS, cast, { lots: [drawn(order)] }))));
        const without = winnerOf(countRanked(IDS, cast));
        expect(without).toBe(winners.size === 1 ? [...winners][0] : "tie");
      }),
    );
  });

  test("when a tie is told, each lot between the tied leads on, and two of them to different ends", () => {
    fc.assert(
      fc.property(fewBallots, (cast) => {
        const { outcome } = countRanked(IDS, cast);
        if (outcome.kind !== "tie") return;
        const ends = orders(outcome.tied).map((order) => countRanked(IDS, cast, { lots: [drawnLater(...order)] }));
        for (const end of ends) {
          const told = end.rounds.filter(({ tieBreak }) => tieBreak?.by === "lot-after-closing");
          expect(told.length).toBeGreaterThan(0);
        }
        const winners = new Set(ends.map(winnerOf));
        expect(winners.size > 1 || winners.has("tie")).toBe(true);
      }),
    );
  });

  test("the winner does not depend on names or on the order of the ballot", () => {
    fc.assert(
      fc.property(fewBallots, fc.shuffledSubarray(IDS, { minLength: 5 }), (cast, names) => {
        const renamed = (id: string): string => names[IDS.indexOf(id)] ?? id;
        const before = winnerOf(countRanked(IDS, cast));
        const ballots = cast.map(({ ranking, count }) => ({ ranking: ranking.map(renamed), count }));
        expect(winnerOf(countRanked(IDS, ballots))).toBe(renamed(before));
        expect(winnerOf(countRanked(names, cast))).toBe(before);
      }),
    );
  });

  test("all of those eliminated together would go out one after the other, whatever the order", () => {
    fc.assert(
      fc.property(fewBallots, (cast) => {
        const { rounds } = countRanked(IDS, cast);
        for (const { eliminated, votes } of rounds.filter((round) => round.eliminated.length > 1)) {
          const left = [...votes].filter(([id]) => !eliminated.includes(id)).map(([, count]) => count);
          const together = eliminated.reduce((sum, id) => sum + (votes.get(id) ?? 0), 0);
          expect(together).toBeLessThan(Math.min(...left));
        }
      }),
    );
  });
});

test("a tie that would take too long to follow is taken to matter", () => {
  const ids = Array.from({ length: 6 }, (_, index) => `c${index}`);
  const cast = ids.map((id, index) => ({ ranking: [id, ids[(index + 2) % 6] ?? id, "A"], count: 1 }));
  const standing = firstStanding(["A", ...ids], [...cast, { ranking: ["A"], count: 5 }]);
  expect(harmlessTies({ lots: [] })(standing, ids)).toBe(true);
  expect(harmlessTies({ lots: [] }, 30)(standing, ids)).toBe(false);
});

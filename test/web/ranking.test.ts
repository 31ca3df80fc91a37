import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { placeAt, rankOf, takeOut } from "#web/vote/ranking.ts";

const ids = ["a", "b", "c", "d", "e"];
const ranking = fc.shuffledSubarray(ids);
const id = fc.constantFrom(...ids);

describe("a ranking", () => {
  test("puts a name at the requested rank, or last", () => {
    fc.assert(
      fc.property(ranking, id, fc.integer({ min: 1, max: 9 }), (before, moved, rank) => {
        const after = placeAt(before, moved, rank);
        expect(rankOf(after, moved)).toBe(Math.min(rank, after.length));
      }),
    );
  });

  test("moves one name and keeps the order of the others", () => {
    fc.assert(
      fc.property(ranking, id, fc.integer({ min: 1, max: 9 }), (before, moved, rank) => {
        expect(takeOut(placeAt(before, moved, rank), moved)).toEqual(takeOut(before, moved));
      }),
    );
  });

  test("never holds a name twice", () => {
    fc.assert(
      fc.property(ranking, fc.array(fc.tuple(id, fc.integer({ min: 1, max: 6 }))), (start, moves) => {
        const end = moves.reduce<readonly string[]>((order, [moved, rank]) => placeAt(order, moved, rank), start);
        expect(new Set(end).size).toBe(end.length);
      }),
    );
  });

  test("has no rank for a name that was removed", () => {
    expect(rankOf(takeOut(["a", "b"], "a"), "a")).toBeUndefined();
    expect(rankOf(takeOut(["a", "b"], "a"), "b")).toBe(1);
  });
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { itemAt } from "#core/trustees/item-at.ts";
import { randomPermutation } from "#core/trustees/permutation.ts";
import { random } from "#test/core/trustees/contexts.ts";
import { seeded } from "#test/core/trustees/seeded.ts";

describe("a random permutation", () => {
  test("has every place once", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 300 }), (count) => {
        const places = randomPermutation(count, random);
        expect(places.toSorted((a, b) => a - b)).toEqual([...Array(count).keys()]);
      }),
      { numRuns: 30 },
    );
  });

  test("is each of the six of three places about as often", () => {
    const from = seeded("six permutations");
    const times = new Map<string, number>();
    for (let draw = 0; draw < 6000; draw++) {
      const order = randomPermutation(3, from).join("");
      times.set(order, (times.get(order) ?? 0) + 1);
    }
    expect(times.size).toBe(6);
    // Six standard deviations of 29.
    for (const count of times.values()) expect(Math.abs(count - 1000)).toBeLessThan(175);
  });

  test("tells nothing of a thousand ballots' order: first or last, each lands anywhere", () => {
    const from = seeded("a thousand ballots");
    const orders = Array.from({ length: 100 }, () => randomPermutation(1000, from));
    for (const ballot of [0, 500, 999]) {
      const places = orders.map((order) => order.indexOf(ballot));
      const mean = places.reduce((sum, place) => sum + place, 0) / places.length;
      // Of uniform places the mean is 499.5, give or take 28.9; six of those.
      expect(Math.abs(mean - 499.5)).toBeLessThan(174);
    }
  });
});

test("a list has nothing before its beginning or at its end", () => {
  expect(itemAt(["a", "b"], 1)).toBe("b");
  for (const place of [-1, 2, 0.5])
    expect(() => itemAt(["a", "b"], place)).toThrow(`a list of 2 has nothing at place ${place}`);
});

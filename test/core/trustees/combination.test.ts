import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { areCombined, combineOpenings, lagrangeAtZero } from "#core/trustees/combination.ts";
import { add, base, encodePoint, multiply, ORDER, type Point, scalars } from "#core/trustees/group.ts";
import type { Opened } from "#core/trustees/opening.ts";
import { encryptedFor, someSelections } from "#test/core/trustees/batch-of.ts";
import { random } from "#test/core/trustees/contexts.ts";
import { sharedKey } from "#test/core/trustees/shared-key.ts";

const { publicKey, trustees } = sharedKey(5, 3);
const selections = someSelections(4);
const ballots = encryptedFor(publicKey, selections);
const opened: readonly Opened[] = trustees.map(({ trustee, share }) => ({
  trustee,
  products: ballots.map(({ A }) => multiply(A, share)),
}));
const hexOf = (points: readonly Point[] | undefined): readonly string[] | undefined =>
  points?.map((point) => Buffer.from(encodePoint(point)).toString("hex"));
const of = (numbers: readonly number[]): readonly Opened[] =>
  numbers.flatMap((number) => opened.filter(({ trustee }) => trustee === number));

/** All choices of so many of five. */
function choices(size: number, from = 1): readonly (readonly number[])[] {
  if (size === 0) return [[]];
  const heads = Array.from({ length: Math.max(0, 6 - from) }, (_, place) => from + place);
  return heads.flatMap((head) => choices(size - 1, head + 1).map((rest) => [head, ...rest]));
}

const named = (all: readonly (readonly number[])[]) =>
  all.map((numbers) => ({ numbers, who: numbers.join(", ") || "nobody" }));

describe("ballots for three trustees of five", () => {
  test("there are ten choices of three", () => {
    expect(choices(3)).toHaveLength(10);
  });

  test.each(named([...choices(3), ...choices(4), ...choices(5), [5, 1, 3]]))("are opened by $who", ({ numbers }) => {
    expect(hexOf(combineOpenings(ballots, of(numbers), 3))).toEqual(hexOf(selections));
    expect(areCombined(ballots, of(numbers), 3, selections, random)).toBe(true);
  });

  test.each(named([[], ...choices(1), ...choices(2), [2, 2, 2], [4, 1, 4]]))(
    "are not opened by $who",
    ({ numbers }) => {
      expect(combineOpenings(ballots, of(numbers), 3)).toBeUndefined();
      expect(areCombined(ballots, of(numbers), 3, selections, random)).toBe(false);
      // Nor by whoever takes them for enough.
      const forced = numbers.length > 0 ? combineOpenings(ballots, of(numbers), new Set(numbers).size) : undefined;
      for (const [place, element] of (hexOf(forced) ?? []).entries())
        expect(element).not.toBe(hexOf(selections)?.[place]);
    },
  );

  test("are opened by any one where the threshold is one", () => {
    const alone = sharedKey(2, 1);
    const some = encryptedFor(alone.publicKey, selections);
    for (const { trustee, share } of alone.trustees) {
      const products = some.map(({ A }) => multiply(A, share));
      expect(hexOf(combineOpenings(some, [{ trustee, products }], 1))).toEqual(hexOf(selections));
    }
  });

  test("are not opened where the threshold is none", () => {
    expect(combineOpenings(ballots, opened, 0)).toBeUndefined();
  });

  test("say nothing else", () => {
    const numbers = of([1, 2, 4]);
    for (const place of ballots.keys()) {
      const others = selections.with(place, add(selections[place] ?? base, base));
      expect(areCombined(ballots, numbers, 3, others, random)).toBe(false);
    }
    expect(areCombined(ballots, numbers, 3, selections.toReversed(), random)).toBe(false);
    expect(areCombined(ballots, numbers, 3, selections.slice(1), random)).toBe(false);
    expect(areCombined(ballots, numbers, 3, [...selections, base], random)).toBe(false);
  });
});

describe("a polynomial's value at zero", () => {
  test("is the sum of its values, each by its factor", () => {
    const scalar = fc.bigInt({ min: 0n, max: ORDER - 1n });
    const numbers = fc.uniqueArray(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(numbers, fc.array(scalar, { minLength: 6, maxLength: 6 }), (places, all) => {
        const coefficients = all.slice(0, places.length);
        const values = places.map((x) =>
          coefficients.reduceRight((sum, c) => scalars.add(scalars.multiply(sum, BigInt(x)), c), 0n),
        );
        const factors = lagrangeAtZero(places);
        const sum = values.reduce(
          (total, value, at) => scalars.add(total, scalars.multiply(value, factors[at] ?? 0n)),
          0n,
        );
        expect(sum).toBe(coefficients[0]);
      }),
    );
  });

  test.each([
    [[1], [1n]],
    [
      [1, 2],
      [2n, ORDER - 1n],
    ],
    [
      [1, 2, 3],
      [3n, ORDER - 3n, 1n],
    ],
  ])("of %j has known factors", (numbers, factors) => {
    expect(lagrangeAtZero(numbers)).toEqual(factors);
  });

  test("has no factors where a number is there twice", () => {
    expect(() => lagrangeAtZero([2, 2])).toThrow();
  });
});

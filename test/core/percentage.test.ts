import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decimalsFor, HALF, percentage, percentageDigits, type Ratio, ratioOf } from "#core/percentage.ts";

const written = (part: number, whole: number, thresholds: readonly Ratio[] = []): string =>
  percentageDigits({ part, whole }, decimalsFor({ part, whole }, 1, thresholds));

describe("a percentage", () => {
  test("is rounded once, from the counts", () => {
    // 14.5499…: rounded to two decimals first, it would be 14.6.
    expect(written(1306, 8976)).toBe("14.5");
    expect(percentage(1306, 8976)).toBe(14.55);
    expect([written(1, 3), written(2, 3), written(1, 8), written(0, 7), written(7, 7)]).toEqual([
      "33.3",
      "66.7",
      "12.5",
      "0.0",
      "100.0",
    ]);
    expect([percentageDigits({ part: 1, whole: 200 }, 0), percentageDigits({ part: 1, whole: 201 }, 0)]).toEqual([
      "1",
      "0",
    ]);
  });

  test("is never 100 unless all, and never 0 for a vote", () => {
    expect([written(99_999, 100_000), written(9_999, 10_000)]).toEqual(["99.999", "99.99"]);
    expect([written(1, 100_000), written(1, 40_000_000)]).toEqual(["0.001", "0.000003"]);
    expect([percentage(99_999, 100_000), percentage(1, 100_000), percentage(5, 5)]).toEqual([99.999, 0.001, 100]);
    expect(written(100_001, 100_000)).toBe("100.001");
  });

  test("is never the figure of a threshold that it is above or below", () => {
    expect(written(50_001, 100_000, [HALF])).toBe("50.001");
    expect(written(49_999, 100_000, [HALF])).toBe("49.999");
    expect(written(50_000, 100_000, [HALF])).toBe("50.0");
    const twoThirds = ratioOf("2/3");
    expect(written(2, 3, [twoThirds])).toBe("66.7");
    expect(written(667, 1000, [twoThirds])).toBe("66.70");
    expect(percentageDigits(twoThirds, decimalsFor({ part: 667, whole: 1000 }, 1, [twoThirds]))).toBe("66.67");
    expect(percentage(500_001, 1_000_000, [HALF])).toBe(50.0001);
  });

  test("of fractions of votes is as exact", () => {
    expect(written(2500.00001, 10_000, [{ part: 2500, whole: 10_000 }])).toBe("25.0000001");
    expect(written(0.00001, 3)).toBe("0.0003");
  });

  test("is 0 of nothing", () => {
    expect([written(0, 0), written(3, 0, [HALF]), percentage(0, 0)]).toEqual(["0.0", "0.0", 0]);
  });

  test("of a definition's share is exact", () => {
    expect([ratioOf("2/3"), ratioOf("0/5")]).toEqual([
      { part: 2, whole: 3 },
      { part: 0, whole: 5 },
    ]);
    for (const share of [0, 0.5, 0.55, 0.333, 1]) {
      expect(percentageDigits(ratioOf(share), 1)).toBe((share * 100).toFixed(1));
    }
  });
});

describe("whatever the counts", () => {
  const counts = fc
    .integer({ min: 1, max: 40_000_000 })
    .chain((whole) => fc.record({ whole: fc.constant(whole), part: fc.integer({ min: 0, max: whole }) }));
  const thresholds = fc.constantFrom<readonly Ratio[]>([HALF], [ratioOf("2/3")], [ratioOf(0.55)], []);

  test("a percentage lies within half a digit, and has one decimal unless that would say something false", () => {
    fc.assert(
      fc.property(counts, thresholds, (ratio, beside) => {
        const decimals = decimalsFor(ratio, 1, beside);
        const digits = percentageDigits(ratio, decimals);
        expect(Math.abs(Number(digits) - (ratio.part / ratio.whole) * 100)).toBeLessThanOrEqual(
          0.5 * 10 ** -decimals + 1e-9,
        );
        const isFalse = (least: number): boolean =>
          [{ part: 0, whole: 1 }, { part: 1, whole: 1 }, ...beside].some(
            (other) =>
              ratio.part * other.whole !== other.part * ratio.whole &&
              percentageDigits(ratio, least) === percentageDigits(other, least),
          );
        expect(isFalse(decimals)).toBe(false);
        if (decimals > 1) expect(isFalse(decimals - 1)).toBe(true);
      }),
    );
  });

  test("more is never written as less, in the same decimals", () => {
    fc.assert(
      fc.property(counts, fc.integer({ min: 0, max: 6 }), ({ part, whole }, decimals) => {
        const [less, more] = [Math.max(0, part - 1), part].map((one) =>
          Number(percentageDigits({ part: one, whole }, decimals)),
        );
        expect(more ?? 0).toBeGreaterThanOrEqual(less ?? 0);
      }),
    );
  });
});

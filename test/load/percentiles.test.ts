import { expect, test } from "vitest";
import { latencies, percentile, spread } from "#load/shared/percentiles.ts";

const oneToAHundred = Array.from({ length: 100 }, (_, index) => 100 - index);

test("a percentile is the sample that so many in a hundred do not exceed", () => {
  expect(percentile(oneToAHundred, 50)).toBe(50);
  expect(percentile(oneToAHundred, 95)).toBe(95);
  expect(percentile(oneToAHundred, 99)).toBe(99);
  expect(percentile(oneToAHundred, 100)).toBe(100);
});

test("a percentile is always one of the samples", () => {
  expect(percentile([3, 1], 50)).toBe(1);
  expect(percentile([3, 1], 51)).toBe(3);
  expect(percentile([7], 1)).toBe(7);
});

test("numbers are ordered as numbers, not as text", () => {
  expect(percentile([100, 9, 20], 100)).toBe(100);
});

test("nothing measured has no percentile", () => {
  expect(() => percentile([], 50)).toThrow(RangeError);
  expect(latencies([])).toBeUndefined();
});

test.each([0, -1, 101, Number.NaN])("there is no percentile %d", (percent) => {
  expect(() => percentile([1], percent)).toThrow(RangeError);
});

test("a few repetitions are told by their median, best and worst", () => {
  expect(spread([500, 30, 400])).toEqual({ min: 30, median: 400, max: 500 });
  expect(spread([5, 3])).toEqual({ min: 3, median: 4, max: 5 });
  expect(spread([7])).toEqual({ min: 7, median: 7, max: 7 });
  expect(() => spread([])).toThrow(RangeError);
});

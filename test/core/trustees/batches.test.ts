import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { batchSizes, cutIntoBatches, MOST_IN_BATCH, spreadOverBatches } from "#core/trustees/batches.ts";

const ballots = (count: number): readonly number[] => Array.from({ length: count }, (_, place) => place);
const someCount = fc.oneof(
  fc.integer({ min: 0, max: 5 * MOST_IN_BATCH }),
  fc.integer({ min: 0, max: 4 }).map((batches) => batches * MOST_IN_BATCH),
  fc.integer({ min: 0, max: 4 }).map((batches) => batches * MOST_IN_BATCH + 1),
);
const sizesOf = (batches: readonly (readonly number[])[]): readonly number[] => batches.map(({ length }) => length);

describe("batches", () => {
  test.each([
    [0, []],
    [1, [1]],
    [16_384, [16_384]],
    [16_385, [8193, 8192]],
    [32_768, [16_384, 16_384]],
    [32_771, [10_924, 10_924, 10_923]],
  ])("of %d ballots have these sizes", (count, sizes) => {
    expect(batchSizes(count)).toEqual(sizes);
  });

  test("are as few and as equal as can be, and hold every ballot once, in the order of the box", () => {
    fc.assert(
      fc.property(someCount, (count) => {
        const batches = cutIntoBatches(ballots(count));
        expect(batches.flat()).toEqual(ballots(count));
        const sizes = sizesOf(batches);
        expect(sizes).toEqual(batchSizes(count));
        expect(sizes).toHaveLength(Math.ceil(count / MOST_IN_BATCH));
        if (count > 0) {
          expect(Math.max(...sizes)).toBeLessThanOrEqual(MOST_IN_BATCH);
          expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
        }
      }),
      { numRuns: 20 },
    );
  });

  test("keep their sizes between two mixes, and take place p into batch p modulo their number, in order", () => {
    fc.assert(
      fc.property(someCount, (count) => {
        const spread = spreadOverBatches(cutIntoBatches(ballots(count)));
        expect(sizesOf(spread)).toEqual(batchSizes(count));
        for (const [batch, places] of spread.entries()) {
          expect(places.every((place, at) => place === batch + at * spread.length)).toBe(true);
        }
      }),
      { numRuns: 20 },
    );
  });

  test("of one batch stay as they are", () => {
    expect(spreadOverBatches([[3, 1, 2]])).toEqual([[3, 1, 2]]);
    expect(spreadOverBatches([])).toEqual([]);
  });

  test("of every batch of one mix, the next mix has an equal share, but for one ballot", () => {
    const before = cutIntoBatches(ballots(3 * MOST_IN_BATCH - 7));
    for (const after of spreadOverBatches(before)) {
      for (const batch of before) {
        const share = after.filter((ballot) => ballot >= (batch[0] ?? 0) && ballot <= (batch.at(-1) ?? 0)).length;
        expect(Math.abs(share - batch.length / before.length)).toBeLessThanOrEqual(1);
      }
    }
  });
});

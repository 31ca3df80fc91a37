import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { arrivals, averageRate, peakRate } from "#load/plan/demand.ts";
import { longestWaitSeconds, outcomeOf, type Pipeline, simulateQueue } from "#load/plan/queue-simulation.ts";

const sum = (numbers: Iterable<number>): number => [...numbers].reduce((total, one) => total + one, 0);

const rate = fc.double({ min: 0.2, max: 500, noNaN: true });
const pipelines: fc.Arbitrary<Pipeline> = fc.record({
  admittedPerSecond: fc.oneof(rate, fc.constant(Number.POSITIVE_INFINITY)),
  decidedPerValidation: rate,
  validations: fc.record({
    first: fc.integer({ min: 1, max: 5 }),
    morePerSecond: fc.integer({ min: 0, max: 5 }),
    most: fc.integer({ min: 1, max: 50 }),
  }),
  storedPerSecond: fc.oneof(rate, fc.constant(Number.POSITIVE_INFINITY)),
  countedPerSecond: rate,
});
const days = fc.array(fc.nat({ max: 300 }), { minLength: 1, maxLength: 60 });

const unhindered: Pipeline = {
  admittedPerSecond: Number.POSITIVE_INFINITY,
  decidedPerValidation: 100,
  validations: { first: 1, morePerSecond: 0, most: 1 },
  storedPerSecond: Number.POSITIVE_INFINITY,
  countedPerSecond: Number.POSITIVE_INFINITY,
};

describe("the simulated queue", () => {
  test("at every moment each voter who came is outside, waiting, uncounted or counted", () => {
    fc.assert(
      fc.property(days, pipelines, (day, pipeline) => {
        let come = 0;
        for (const { arrived, outside, waiting, uncounted, counted } of simulateQueue(day, pipeline)) {
          come += arrived;
          const places = [outside, waiting, uncounted, counted];
          if (sum(places) !== come || !places.every((votes) => votes >= 0 && Number.isInteger(votes))) {
            expect.fail(`${come} voters came, and they are ${JSON.stringify(places)}`);
          }
        }
      }),
    );
  });

  test("it empties: every vote is counted in the end, and a counted vote stays counted", () => {
    fc.assert(
      fc.property(days, pipelines, (day, pipeline) => {
        const moments = [...simulateQueue(day, pipeline)];
        expect(moments.at(-1)).toMatchObject({ outside: 0, waiting: 0, uncounted: 0, counted: sum(day) });
        const counts = moments.map(({ counted }) => counted);
        expect(counts).toEqual(counts.toSorted((a, b) => a - b));
      }),
    );
  });

  test("no step takes more in a second than it can", () => {
    fc.assert(
      fc.property(days, rate, (day, countedPerSecond) => {
        let before = 0;
        for (const { counted } of simulateQueue(day, { ...unhindered, countedPerSecond })) {
          expect(counted - before).toBeLessThanOrEqual(Math.ceil(countedPerSecond));
          before = counted;
        }
      }),
    );
  });

  test("1,000 votes in one second at 100 decided a second: 900 wait, and the tenth second counts the last", () => {
    const outcome = outcomeOf(simulateQueue([1000], unhindered));
    expect(outcome).toMatchObject({ counted: 1000, mostWaiting: 900, mostWaitingAtSecond: 0, lastCountAtSecond: 9 });
  });

  test("the last of 1,000 votes decided at 100 a second has waited nine seconds, and nobody waits where all are decided at once", () => {
    expect(longestWaitSeconds([...simulateQueue([1000], unhindered)])).toBe(9);
    expect(longestWaitSeconds([...simulateQueue([0, 300, 0], { ...unhindered, decidedPerValidation: 150 })])).toBe(1);
    expect(longestWaitSeconds([...simulateQueue([90, 100, 80], unhindered)])).toBe(0);
  });

  test("validations are added while votes wait, as far as they may be", () => {
    const pipeline = { ...unhindered, validations: { first: 1, morePerSecond: 1, most: 3 } };
    const counts = [...simulateQueue([1000], pipeline)].map(({ counted }) => counted);
    expect(counts).toEqual([100, 300, 600, 900, 1000]);
  });

  test("who is turned away comes back, and no vote is lost by it", () => {
    const outcome = outcomeOf(simulateQueue([50, 50], { ...unhindered, admittedPerSecond: 40 }));
    expect(outcome).toMatchObject({ counted: 100, mostOutside: 20, mostWaiting: 0, lastCountAtSecond: 2 });
  });

  test("a pipeline that takes nothing is refused, since it would never end", () => {
    expect(() => [...simulateQueue([1], { ...unhindered, countedPerSecond: 0 })]).toThrow(RangeError);
  });
});

describe("the day of an election", () => {
  const demands = fc.record({
    votes: fc.integer({ min: 1, max: 1_000_000 }),
    hours: fc.integer({ min: 1, max: 3 }),
    peak: fc.double({ min: 1, max: 50, noNaN: true }),
  });

  test("every voter comes once, whatever the hours and the peak", () => {
    fc.assert(
      fc.property(demands, (demand) => {
        expect(sum(arrivals(demand))).toBe(demand.votes);
      }),
      { numRuns: 20 },
    );
  });

  test("the busiest second is the average times the peak", () => {
    const demand = { votes: 8_000_000, hours: 12, peak: 5 };
    expect(averageRate(demand)).toBeCloseTo(185.2, 1);
    expect(peakRate(demand)).toBeCloseTo(925.9, 1);
    expect(Math.max(...arrivals(demand))).toBe(926);
  });

  test("a peak of 1 is an even day", () => {
    expect(new Set(arrivals({ votes: 7200, hours: 1, peak: 1 }))).toEqual(new Set([2]));
  });

  test("a day without votes, hours or peak is refused", () => {
    for (const wrong of [{ votes: 0 }, { hours: 0 }, { peak: 0.9 }]) {
      expect(() => arrivals({ votes: 10, hours: 1, peak: 2, ...wrong })).toThrow(RangeError);
    }
  });
});

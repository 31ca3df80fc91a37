import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { TurnoutOverTime } from "#functions/results/contract.ts";
import {
  marksUpTo,
  QUARTER_MS,
  thinned,
  timeAxis,
  timeMarks,
  timeStepMs,
  turnoutLine,
} from "#web/results/turnout-line.ts";

const DAY = "2026-10-05";
const at = (clock: string): number => Date.parse(`${DAY}T${clock}Z`);
const over = (...points: readonly (readonly [clock: string, ballots: number])[]): TurnoutOverTime => ({
  election_id: "1",
  on_roll: 100,
  points: points.map(([clock, ballots]) => ({ until: `${DAY}T${clock}Z`, ballots, percentage: ballots })),
  updated_at: `${DAY}T23:59:00Z`,
});

describe("turnout over time", () => {
  test("starts at zero a quarter-hour before its first step, and ends now", () => {
    expect(turnoutLine(over(["09:15:00", 4], ["09:30:00", 6]), at("10:00:00"))).toEqual([
      { atMs: at("09:00:00"), percentage: 0 },
      { atMs: at("09:15:00"), percentage: 4 },
      { atMs: at("09:30:00"), percentage: 6 },
      { atMs: at("10:00:00"), percentage: 6 },
    ]);
  });

  test("is flat where nobody voted", () => {
    expect(turnoutLine(over(["09:15:00", 4], ["12:00:00", 5]), at("12:00:00"))).toContainEqual({
      atMs: at("11:45:00"),
      percentage: 4,
    });
  });

  test("does not go beyond now in the current quarter-hour", () => {
    expect(turnoutLine(over(["09:15:00", 4]), at("09:05:00")).map(({ atMs }) => atMs)).toEqual([
      at("09:00:00"),
      at("09:05:00"),
    ]);
  });

  test("is empty without ballots", () => {
    expect(turnoutLine(over(), at("12:00:00"))).toEqual([]);
  });

  test("never goes back in time or turnout", () => {
    const steps = fc.array(fc.record({ quarters: fc.integer({ min: 1, max: 40 }), ballots: fc.nat(500) }), {
      minLength: 1,
    });
    fc.assert(
      fc.property(steps, fc.nat(QUARTER_MS), (made, spare) => {
        let [quarter, ballots] = [0, 0];
        const points = made.map((step) => {
          quarter += step.quarters;
          ballots += step.ballots;
          return { until: new Date(quarter * QUARTER_MS).toISOString(), ballots, percentage: ballots / 100 };
        });
        const nowMs = quarter * QUARTER_MS - spare;
        const line = turnoutLine({ ...over(), points }, nowMs);
        for (const [index, point] of line.entries()) {
          expect(point.atMs).toBeLessThanOrEqual(nowMs);
          expect(point.atMs).toBeGreaterThanOrEqual(line[index - 1]?.atMs ?? point.atMs);
          expect(point.percentage).toBeGreaterThanOrEqual(line[index - 1]?.percentage ?? 0);
        }
        expect(line.at(-1)).toEqual({ atMs: nowMs, percentage: ballots / 100 });
      }),
    );
  });
});

describe("the axis of time", () => {
  const line = turnoutLine(over(["09:15:00", 4]), at("11:00:00"));

  test("goes from the opening to the closing", () => {
    const [fromMs, untilMs] = [at("08:00:00"), at("20:00:00")];
    expect(timeAxis(line, fromMs, untilMs)).toEqual({ fromMs, untilMs });
  });

  test("leaves out an opening and a closing beside which the line would be a dot", () => {
    const [opensMs, closesMs] = [Date.parse("2025-01-01T00:00:00Z"), Date.parse("2027-01-01T00:00:00Z")];
    expect(timeAxis(line, opensMs, closesMs)).toEqual({ fromMs: at("09:00:00"), untilMs: at("11:00:00") });
  });

  test("never cuts the line", () => {
    const instant = fc.integer({ min: at("00:00:00"), max: at("23:00:00") });
    fc.assert(
      fc.property(instant, instant, (opensMs, closesMs) => {
        const { fromMs, untilMs } = timeAxis(line, opensMs, closesMs);
        expect(fromMs).toBeLessThanOrEqual(at("09:00:00"));
        expect(untilMs).toBeGreaterThanOrEqual(at("11:00:00"));
      }),
    );
  });
});

describe("the axes", () => {
  test("have marks at 1, 2 or 5 times a power of ten", () => {
    expect(marksUpTo(62)).toEqual([0, 20, 40, 60, 80]);
    expect(marksUpTo(0.3)).toEqual([0, 0.1, 0.2, 0.3]);
    expect(marksUpTo(0)).toEqual([0, 0.1]);
    expect(marksUpTo(100)).toEqual([0, 50, 100]);
  });

  test("cover any value with two to six marks", () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 100, noNaN: true }), (most) => {
        const marks = marksUpTo(most);
        expect(marks.at(-1)).toBeGreaterThanOrEqual(most * (1 - 1e-6));
        expect(marks.length).toBeGreaterThanOrEqual(2);
        expect(marks.length).toBeLessThanOrEqual(6);
      }),
    );
  });

  test("mark full hours of the reader's own clock", () => {
    const step = timeStepMs(at("09:00:00"), at("17:00:00"), 4);
    expect(step).toBe(2 * 3_600_000);
    expect(timeMarks(at("09:10:00"), at("17:00:00"), step, -4 * 3_600_000)).toEqual(
      ["10:00:00", "12:00:00", "14:00:00", "16:00:00"].map(at),
    );
  });

  test("have no more time marks than fit, over a minute or a century", () => {
    fc.assert(
      fc.property(fc.integer({ min: 60_000, max: 3e12 }), fc.integer({ min: 2, max: 8 }), (spanMs, most) => {
        const stepMs = timeStepMs(0, spanMs, most);
        expect(timeMarks(0, spanMs, stepMs, 0).length).toBeLessThanOrEqual(most + 1);
      }),
    );
  });
});

test("a long table is thinned to evenly spaced rows, always with the last", () => {
  const { points } = over(
    ...Array.from(
      { length: 80 },
      (_, index) => [new Date(at("00:15:00") + index * QUARTER_MS).toISOString().slice(11, 19), index + 1] as const,
    ),
  );
  const kept = thinned(points, 24);
  expect(kept.length).toBeLessThanOrEqual(24);
  expect(kept.length).toBeGreaterThan(10);
  expect(kept.at(-1)).toBe(points.at(-1));
  expect(kept.map(({ until }) => until.slice(14, 16)).slice(0, -1)).toEqual(kept.slice(0, -1).map(() => "00"));
  expect(thinned(points.slice(0, 24), 24)).toHaveLength(24);
});

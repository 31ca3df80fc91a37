import { describe, expect, test } from "vitest";
import { formatDelay } from "#web/format.ts";
import { barsPath, busyMinutes, CHART, summaryOf, sumOf } from "#web/monitor/minutes.ts";

const quiet = new Array<number>(60).fill(0);
const at = (minute: number, count: number): number[] => quiet.with(minute, count);

describe("the chart of the last hour", () => {
  test("is empty for a quiet hour, and its busiest minute has full height", () => {
    expect(barsPath(quiet)).toBe("");
    expect(barsPath(at(0, 12))).toBe(`M0 ${CHART.height}v-${CHART.height}h3v${CHART.height}z`);
  });

  test("shows a single ballot next to a thousand", () => {
    expect(barsPath(at(1, 1).with(0, 1000))).toContain(`M4 ${CHART.height}v-2h3`);
  });
});

test("the hour in words does not take the running minute for the last one", () => {
  expect(summaryOf(at(58, 7).with(59, 2))).toEqual({ all: 9, most: 7, last: 7 });
});

test("the table lists minutes in which something happened, latest first, with unknown figures as null", () => {
  const per_minute = {
    from: "2026-11-21T11:00:00.000Z",
    received: at(3, 2),
    accepted: at(3, 1),
    duplicate: at(5, 1),
    invalid: quiet,
    counted: quiet,
    spoiled: null,
  };
  expect(busyMinutes({ per_minute })).toEqual([
    { from: "2026-11-21T11:05:00.000Z", counts: [0, 0, 1, 0, 0, null] },
    { from: "2026-11-21T11:03:00.000Z", counts: [2, 1, 0, 0, 0, null] },
  ]);
});

test("a sum with an unknown part is unknown", () => {
  expect([sumOf(1, 2), sumOf(0, 0), sumOf(1, null)]).toEqual([3, 0, null]);
});

test.each([
  ["en", 380, "0.4 seconds"],
  ["fr", 380, "0,4 seconde"],
  ["en", 0, "0 seconds"],
  ["en", 48_200, "48 seconds"],
  ["en", 3 * 60_000, "3 minutes"],
  ["fr", 5 * 3_600_000, "5\u00a0heures"],
] as const)("in %s %i ms are told as %s", (language, milliseconds, told) => {
  expect(formatDelay(language, milliseconds)).toBe(told);
});

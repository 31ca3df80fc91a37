import fc from "fast-check";
import { expect, test } from "vitest";
import { turnoutOverTime, turnoutShown, turnoutStep } from "#core/turnout.ts";

test("a ballot belongs to the quarter-hour in which it was cast, and on the stroke to the later one", () => {
  expect(turnoutStep("2026-11-21T07:00:00.000Z")).toBe("2026-11-21T07:15:00.000Z");
  expect(turnoutStep("2026-11-21T07:14:00.000Z")).toBe("2026-11-21T07:15:00.000Z");
  expect(turnoutStep("2026-11-21T07:15:00.000Z")).toBe("2026-11-21T07:30:00.000Z");
  expect(turnoutStep("2026-12-31T23:59:00.000Z")).toBe("2027-01-01T00:00:00.000Z");
});

test("turnout has a point per step in which somebody voted, and never falls", () => {
  const counts = fc.array(fc.integer({ min: 1, max: 300 }), { maxLength: 30 });
  fc.assert(
    fc.property(counts, (perStep) => {
      const tally = new Map(
        perStep.map((count, index) => [turnoutStep(new Date(index * 3_600_000).toISOString()), count]),
      );
      const points = turnoutOverTime(new Map([...tally].reverse()));
      expect(points.map(({ until }) => until)).toEqual([...tally.keys()]);
      let cast = 0;
      for (const [index, { ballots }] of points.entries()) {
        cast += perStep[index] ?? 0;
        expect(ballots).toBe(cast);
      }
    }),
  );
});

test("turnout of a count shown in steps is what was shown by the end of each quarter-hour", () => {
  const at = (time: string) => Date.parse(`2026-11-21T${time}:00Z`);
  const growth = [
    { untilMs: at("07:03"), ballots: 10 },
    { untilMs: at("07:15"), ballots: 22 },
    { untilMs: at("07:31"), ballots: 40 },
  ];
  expect(turnoutShown(growth)).toEqual([
    { until: "2026-11-21T07:15:00.000Z", ballots: 22 },
    { until: "2026-11-21T07:45:00.000Z", ballots: 40 },
  ]);
});

test("turnout adds up by time, in whatever order it was stored", () => {
  const [first, second, third] = ["07:15", "07:30", "07:45"].map((time) => `2026-11-21T${time}:00.000Z`);
  const stored = new Map([second, third, first].map((until = "", index) => [until, index + 1]));
  expect(turnoutOverTime(stored).map(({ until, ballots }) => [until, ballots])).toEqual([
    [first, 3],
    [second, 4],
    [third, 6],
  ]);
});

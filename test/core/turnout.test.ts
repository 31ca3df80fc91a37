import fc from "fast-check";
import { expect, test } from "vitest";
import { turnoutOverTime, turnoutStep } from "#core/turnout.ts";
import { groupByRow } from "#storage/increment.ts";
import { sheetKey } from "#storage/keys.ts";
import { resultSheets } from "#storage/tally-sheet.ts";
import { isTurnout, TURNOUT, towardsTurnout } from "#storage/turnout-sheet.ts";
import { law, race, rankedRace } from "#test/definitions.ts";

test("a ballot belongs to the quarter-hour in which it was cast, and on the stroke to the later one", () => {
  expect(turnoutStep("2026-11-21T07:00:00.000Z")).toBe("2026-11-21T07:15:00.000Z");
  expect(turnoutStep("2026-11-21T07:14:00.000Z")).toBe("2026-11-21T07:15:00.000Z");
  expect(turnoutStep("2026-11-21T07:15:00.000Z")).toBe("2026-11-21T07:30:00.000Z");
  expect(turnoutStep("2026-12-31T23:59:00.000Z")).toBe("2027-01-01T00:00:00.000Z");
});

test("turnout is rounded to the privacy threshold, never falls, and hides less than one step", () => {
  const minimum = fc.integer({ min: 1, max: 50 });
  const counts = fc.array(fc.integer({ min: 1, max: 300 }), { maxLength: 30 });
  fc.assert(
    fc.property(minimum, counts, (minimumBallots, perStep) => {
      const definition = law({ minimumBallots });
      const tally = new Map(
        perStep.map((count, index) => [turnoutStep(new Date(index * 3_600_000).toISOString()), count]),
      );
      const points = turnoutOverTime(definition, new Map([...tally].reverse()));
      expect(points.map(({ until }) => until)).toEqual([...tally.keys()]);
      let cast = 0;
      for (const [index, { ballots }] of points.entries()) {
        cast += perStep[index] ?? 0;
        expect(ballots % minimumBallots).toBe(0);
        expect(cast - ballots).toBeLessThan(minimumBallots);
        expect(cast - ballots).toBeGreaterThanOrEqual(0);
      }
    }),
  );
});

test("turnout adds up by time, in whatever order it was stored", () => {
  const [first, second, third] = ["07:15", "07:30", "07:45"].map((time) => `2026-11-21T${time}:00.000Z`);
  const stored = new Map([second, third, first].map((until = "", index) => [until, index + 1]));
  expect(turnoutOverTime(law(), stored).map(({ until, ballots }) => [until, ballots])).toEqual([
    [first, 3],
    [second, 4],
    [third, 6],
  ]);
});

test("turnout is on a sheet of its own, and names neither region nor choice", () => {
  const ballot = {
    sequenceNumber: "7",
    electionId: "1",
    regionId: "2",
    interpretation: "3",
    castAt: "2026-11-21T07:01:00.000Z",
  };
  const [increment] = groupByRow("shard", [towardsTurnout(ballot)], race({ electionId: "1" }));
  expect(increment).toEqual({
    sheet: sheetKey("1", TURNOUT),
    row: "shard#2026-11-21T07:15:00.000Z",
    ballots: [
      {
        sequenceNumber: "7".padStart(40, "0"),
        interpretation: "2026-11-21T07:15:00.000Z",
        cell: "@turnout#2026-11-21T07:15:00.000Z",
      },
    ],
  });
  expect(isTurnout(sheetKey("1", TURNOUT))).toBe(true);
  for (const definition of [law(), race(), rankedRace()]) {
    for (const sheet of resultSheets(definition)) expect(isTurnout(sheetKey("1", sheet))).toBe(false);
  }
});

import { expect, test } from "vitest";
import { groupByRow } from "#storage/increment.ts";
import { sheetKey } from "#storage/keys.ts";
import { resultSheets } from "#storage/tally-sheet.ts";
import { isTurnout, TURNOUT, towardsTurnout } from "#storage/turnout-sheet.ts";
import { law, race, rankedRace } from "#test/definitions.ts";

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
        cells: ["@turnout#2026-11-21T07:15:00.000Z"],
      },
    ],
  });
  expect(isTurnout(sheetKey("1", TURNOUT))).toBe(true);
  for (const definition of [law(), race(), rankedRace()]) {
    for (const sheet of resultSheets(definition)) expect(isTurnout(sheetKey("1", sheet))).toBe(false);
  }
});

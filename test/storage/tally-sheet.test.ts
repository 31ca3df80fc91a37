import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { candidatesIn, contestRegionIds } from "#core/contest.ts";
import type { ElectionDefinition } from "#core/election.ts";
import { nationalElection } from "#load/shared/national-election.ts";
import { seededRandom } from "#load/shared/seeded-random.ts";
import { groupByRow, type InterpretedBallot } from "#storage/increment.ts";
import { cellName, sheetKey, tallyRowKey } from "#storage/keys.ts";
import { placeOf, resultSheets, sharedSheets, sheetsFor } from "#storage/tally-sheet.ts";
import { chooseRace, law, race, rankedRace } from "#test/definitions.ts";

/** Tally sheets: which counts share an item, which costs one write unit. */

const identifier = fc.oneof(fc.nat({ max: 9_999 }).map(String), fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$/));

/** Races of up to 40 regions, each with its own candidates, with names of any length. */
const someRace = fc
  .tuple(
    identifier,
    fc.uniqueArray(identifier, { minLength: 1, maxLength: 40 }),
    fc.uniqueArray(identifier, { minLength: 40, maxLength: 300 }),
  )
  .filter(([, regionIds]) => !regionIds.includes("all"))
  .map(([electionId, regionIds, candidateIds]) =>
    race({
      electionId,
      parties: [],
      regions: regionIds.map((regionId) => ({ regionId, name: { fr: regionId, en: regionId } })),
      candidates: candidateIds.map((candidateId, index) => ({
        candidateId,
        firstName: "A",
        lastName: "B",
        regionIds: [regionIds[index % regionIds.length] ?? ""],
      })),
    }),
  );

/** An item's size by DynamoDB's rules: names and strings in UTF-8, numbers one byte per two digits plus one. */
function itemBytes(item: Readonly<Record<string, string | number>>): number {
  return Object.entries(item).reduce((sum, [name, value]) => {
    const bytes = typeof value === "string" ? Buffer.byteLength(value) : Math.ceil(String(value).length / 2) + 1;
    return sum + Buffer.byteLength(name) + bytes;
  }, 0);
}

/** All possible counts of an election without rankings. */
function possibleCells(definition: ElectionDefinition): readonly string[] {
  return contestRegionIds(definition).flatMap((regionId) => {
    const options =
      definition.votingMethod === "referendum"
        ? ["oui", "non"]
        : candidatesIn(definition, regionId).map(({ candidateId }) => candidateId);
    return [...options, "-", "!"].map((interpretation) => cellName(regionId, interpretation));
  });
}

describe("the place of a count", () => {
  test("every possible count is on one sheet, and no sheet holds anything else", () => {
    fc.assert(
      fc.property(someRace, (definition) => {
        const sheets = sharedSheets(definition);
        expect(sheets.flat()).toEqual(possibleCells(definition));
        expect(new Set(sheets.flat()).size).toBe(sheets.flat().length);
        const names = resultSheets(definition);
        expect(new Set(names).size).toBe(sheets.length);
        for (const [index, cells] of sheets.entries()) {
          for (const cell of cells) {
            const at = cell.indexOf("#");
            expect(placeOf(definition, cell.slice(0, at), cell.slice(at + 1))).toEqual({
              sheet: names[index],
              alone: "",
              cell,
            });
          }
        }
      }),
      { numRuns: 50 },
    );
  });

  test("a sheet's row is at most one write unit, with tens of millions of votes in each cell and the longest shard id", () => {
    fc.assert(
      fc.property(someRace, (definition) => {
        const sheets = sharedSheets(definition);
        for (const [index, cells] of sheets.entries()) {
          const row = {
            sheet: sheetKey(definition.electionId, resultSheets(definition)[index] ?? ""),
            row: tallyRowKey("s".repeat(65), ""),
            lastSequenceNumber: "9".repeat(40),
            ...Object.fromEntries(cells.map((cell) => [cell, 99_999_999])),
          };
          expect(itemBytes(row)).toBeLessThanOrEqual(1024);
          // One update has them all: DynamoDB allows 300 operators.
          expect(cells.length).toBeLessThan(150);
        }
      }),
      { numRuns: 50 },
    );
  });

  test("a law has one sheet, a country of 338 regions with 8 candidates each fifty-odd", () => {
    expect(sharedSheets(law())).toEqual([["all#oui", "all#non", "all#-", "all#!"]]);
    expect(resultSheets(nationalElection("N"))).toHaveLength(52);
    expect(sheetsFor(338 * 10, "338#338-8")).toBeGreaterThanOrEqual(52);
  });

  // A repeated ballot would be counted again on another sheet.
  test("a count's place does not move while the layout's version stays the same", () => {
    const definition = nationalElection("N", 20, 8);
    const firsts = sharedSheets(definition).map(([first]) => first);
    expect(firsts).toEqual(["1#1-1", "9#9-8", "17#17-2"]);
    expect(resultSheets(definition).map((sheet) => sheetKey("N", sheet))).toEqual(["N#v1#@0", "N#v1#@1", "N#v1#@2"]);
  });

  test("where ballots mark names, all counts of a region are on one sheet, and a ballot's are added together", () => {
    const definition = chooseRace();
    expect(sharedSheets(definition)).toEqual([["1#1", "1#2", "1#+", "1#-", "1#!", "2#3", "2#+", "2#-", "2#!"]]);
    const ids = Array.from({ length: 100 }, (_, index) => `candidate-${index}`);
    const candidates = ids.map((candidateId) => ({
      candidateId,
      firstName: "A",
      lastName: "B",
      regionIds: ["1", "2"],
    }));
    const large = chooseRace({ candidates, maxChoices: "all" });
    expect(sharedSheets(large).map(({ length }) => length)).toEqual([103, 103]);
    const ballot = {
      sequenceNumber: "1",
      electionId: "C1",
      regionId: "2",
      interpretation: "+candidate-0+candidate-99",
    };
    const [increment, ...others] = groupByRow("shard", [ballot], large);
    expect(others).toEqual([]);
    expect(increment?.sheet).toBe("C1#v1#@1");
    expect(increment?.ballots.map(({ cells }) => cells)).toEqual([["2#candidate-0", "2#candidate-99", "2#+"]]);
  });

  test("each ranking has a row of its own, on its region's sheet", () => {
    const definition = rankedRace();
    expect(placeOf(definition, "1", "2>1")).toEqual({ sheet: "1", alone: "2>1", cell: "1#2>1" });
    expect(placeOf(definition, "1", "!")).toEqual({ sheet: "1", alone: "!", cell: "1#!" });
    expect(resultSheets(definition)).toEqual(["1", "2"]);
  });

  test("what the definition does not have is counted alone, and no region's id is a shared sheet's", () => {
    expect(placeOf(race(), "3", "1")).toEqual({ sheet: "3", alone: "1", cell: "3#1" });
    expect(placeOf(race(), "0", "!")).toEqual({ sheet: "0", alone: "!", cell: "0#!" });
    expect(placeOf(race(), "1", "nobody")).toEqual({ sheet: "1", alone: "nobody", cell: "1#nobody" });
    for (const sheet of resultSheets(race())) expect(sheet).toMatch(/^@\d+$/);
  });
});

test("a full batch of 2,000 ballots over 300 regions of 8 candidates takes at most sixty writes", () => {
  const definition = nationalElection("N", 300, 8);
  const random = seededRandom(1, "a full batch");
  const batch = Array.from({ length: 2000 }, (_, index): InterpretedBallot => {
    const regionId = String(1 + random(300));
    return { sequenceNumber: String(index), electionId: "N", regionId, interpretation: `${regionId}-${1 + random(8)}` };
  });
  const increments = groupByRow("shardId-00000001414576573621-f55eea83", batch, definition);
  expect(increments.reduce((sum, { ballots }) => sum + ballots.length, 0)).toBe(2000);
  expect(increments.length).toBeLessThanOrEqual(60);
});

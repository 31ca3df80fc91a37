import { candidatesIn, contestRegionIds, type RaceDefinition, REFERENDUM_CHOICES } from "#core/contest.ts";
import type { ElectionDefinition } from "#core/election.ts";
import { onceEach } from "#core/once-each.ts";
import { BLANK, SPOILED } from "#core/selection.ts";
import { cellName, SEQUENCE_NUMBER_DIGITS, sheetKey } from "#storage/keys.ts";

/**
 * Where an election's counts stand in the tallies. A write unit stores up to 1 kB of an item, whatever little of it changes,
 * so counts share items of that size: tally sheets, with a cell for each count. A sheet has a row for each stream shard.
 *
 * A ballot must fall on the same sheet however often it is delivered, or its fence would not know it. A definition does not
 * change once voting is open; whoever changes the layout here also changes its version (keys.ts).
 */

/** One write unit stores so many bytes of an item (DynamoDB guide, "Read and write operations"). */
const BYTES_PER_WRITE_UNIT = 1024;
/** Of a number of 8 digits: one for each two, and one (DynamoDB guide, "DynamoDB item sizes and formats"). */
const COUNT_BYTES = 5;
/** A shard's id at its longest (DynamoDB API reference, Shard). */
const SHARD_ID_BYTES = 65;
const IDENTIFIER_BYTES = 40;
const SHEET_NUMBER_DIGITS = 8;

/** No region has such a name: an identifier begins with a letter or digit. */
const sharedSheetName = (index: number): string => `@${index}`;

/** Bytes of names and values that every row of a sheet has beside its cells, at most. All are ASCII. */
const BYTES_BESIDE_CELLS =
  "sheet".length +
  sheetKey("i".repeat(IDENTIFIER_BYTES), sharedSheetName(10 ** (SHEET_NUMBER_DIGITS - 1))).length +
  "row".length +
  (SHARD_ID_BYTES + "#".length) +
  "lastSequenceNumber".length +
  SEQUENCE_NUMBER_DIGITS;

/** What the cells of a sheet may take together. The shortest has 8 bytes, so a sheet has a hundred at most. */
const BYTES_FOR_CELLS = BYTES_PER_WRITE_UNIT - BYTES_BESIDE_CELLS;

/** What a cell takes of its sheet, with a count of up to 8 digits. */
function cellBytes(cell: string): number {
  return cell.length + COUNT_BYTES;
}

/** How many sheets so many cells take, each as long as this one. */
export function sheetsFor(cells: number, cell: string): number {
  return Math.ceil(cells / Math.floor(BYTES_FOR_CELLS / cellBytes(cell)));
}

/** Where a count stands: its sheet, what its rows there count alone (empty where they hold all of the sheet's cells), its cell. */
export type Place = Readonly<{ sheet: string; alone: string; cell: string }>;

/** Everything that can be counted in a region, where that is known beforehand. */
function possibleInterpretations(definition: ElectionDefinition, regionId: string): readonly string[] {
  const options = (race: RaceDefinition) => candidatesIn(race, regionId).map(({ candidateId }) => candidateId);
  return [...(definition.votingMethod === "referendum" ? REFERENDUM_CHOICES : options(definition)), BLANK, SPOILED];
}

/** The cells of each sheet that is shared, in order. Of rankings there are too many to know beforehand: none is shared. */
export const sharedSheets = onceEach((definition: ElectionDefinition): readonly (readonly string[])[] => {
  if (definition.votingMethod === "ranked_choice") return [];
  const sheets: string[][] = [];
  let room = 0;
  for (const regionId of contestRegionIds(definition)) {
    for (const interpretation of possibleInterpretations(definition, regionId)) {
      const cell = cellName(regionId, interpretation);
      if (cellBytes(cell) > room) {
        sheets.push([]);
        room = BYTES_FOR_CELLS;
      }
      sheets.at(-1)?.push(cell);
      room -= cellBytes(cell);
    }
  }
  return sheets;
});

const sharedSheetOf = onceEach((definition: ElectionDefinition): ReadonlyMap<string, string> => {
  const sheets = sharedSheets(definition).map((cells, index) =>
    cells.map((cell) => [cell, sharedSheetName(index)] as const),
  );
  return new Map(sheets.flat());
});

/**
 * Where a count stands. One that shares no sheet is counted alone, in a row of its own on a sheet named after its region:
 * rankings, turnout, and whatever the definition does not know.
 */
export function placeOf(definition: ElectionDefinition, regionId: string, interpretation: string): Place {
  const cell = cellName(regionId, interpretation);
  const shared = sharedSheetOf(definition).get(cell);
  return shared === undefined ? { sheet: regionId, alone: interpretation, cell } : { sheet: shared, alone: "", cell };
}

/** All sheets on which an election's results stand. */
export function resultSheets(definition: ElectionDefinition): readonly string[] {
  const shared = sharedSheets(definition).map((_, index) => sharedSheetName(index));
  return shared.length === 0 ? contestRegionIds(definition) : shared;
}

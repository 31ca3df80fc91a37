import { candidatesIn, contestRegionIds, isRanked, type RaceDefinition, REFERENDUM_CHOICES } from "#core/contest.ts";
import type { ElectionDefinition } from "#core/election.ts";
import { onceEach } from "#core/once-each.ts";
import { BLANK, MARKED, SPOILED } from "#core/selection.ts";
import { cellName, SEQUENCE_NUMBER_DIGITS, sheetKey } from "#storage/keys.ts";

/**
 * The places of an election's counts in the tallies. A write unit covers up to 1 kB of an item, however little of it changes,
 * so counts share items of that size: tally sheets, with a cell per count. A sheet has a row for each stream shard.
 *
 * A ballot must be counted on the same sheet however often it is delivered, or its fence would not recognize it. A definition
 * does not change once voting is open; a change of this layout must change its version (keys.ts).
 */

/** Bytes of an item that one write unit covers (DynamoDB guide, "Read and write operations"). */
const BYTES_PER_WRITE_UNIT = 1024;
/** A number of 8 digits: one byte per two digits, plus one (DynamoDB guide, "DynamoDB item sizes and formats"). */
const COUNT_BYTES = 5;
/** The longest shard id (DynamoDB API reference, Shard). */
const SHARD_ID_BYTES = 65;
const IDENTIFIER_BYTES = 40;
const SHEET_NUMBER_DIGITS = 8;

/** No region's id begins so: identifiers begin with a letter or digit. */
const sharedSheetName = (index: number): string => `@${index}`;

/** The most bytes that a row has besides its cells. All are ASCII. */
const BYTES_BESIDE_CELLS =
  "sheet".length +
  sheetKey("i".repeat(IDENTIFIER_BYTES), sharedSheetName(10 ** (SHEET_NUMBER_DIGITS - 1))).length +
  "row".length +
  (SHARD_ID_BYTES + "#".length) +
  "lastSequenceNumber".length +
  SEQUENCE_NUMBER_DIGITS;

/** Bytes for the cells of a sheet. The shortest cell has 8, so a sheet has at most a hundred. */
const BYTES_FOR_CELLS = BYTES_PER_WRITE_UNIT - BYTES_BESIDE_CELLS;

/** The size of a cell with a count of up to 8 digits. */
function cellBytes(cell: string): number {
  return cell.length + COUNT_BYTES;
}

/** How many sheets this many cells take, each as long as this one. */
export function sheetsFor(cells: number, cell: string): number {
  return Math.ceil(cells / Math.floor(BYTES_FOR_CELLS / cellBytes(cell)));
}

/** A count's place: its sheet, what its rows there count alone (empty when they have all of the sheet's cells), its cell. */
export type Place = Readonly<{ sheet: string; alone: string; cell: string }>;

/** All possible counts of a region, when they are known beforehand. */
function possibleInterpretations(definition: ElectionDefinition, regionId: string): readonly string[] {
  const options = (race: RaceDefinition) => candidatesIn(race, regionId).map(({ candidateId }) => candidateId);
  const marked = definition.votingMethod === "choose" ? [MARKED] : [];
  const named = definition.votingMethod === "referendum" ? REFERENDUM_CHOICES : options(definition);
  return [...named, ...marked, BLANK, SPOILED];
}

/**
 * The cells of each shared sheet, in order. There are too many rankings to know beforehand, so none is shared. Where ballots mark
 * several names, all of a region's cells are on one sheet, however long: a ballot is added, and read, as a whole.
 */
export const sharedSheets = onceEach((definition: ElectionDefinition): readonly (readonly string[])[] => {
  if (isRanked(definition)) return [];
  const sheets: string[][] = [];
  let room = 0;
  for (const regionId of contestRegionIds(definition)) {
    const cells = possibleInterpretations(definition, regionId).map((one) => cellName(regionId, one));
    const together = definition.votingMethod === "choose" ? [cells] : cells.map((cell) => [cell]);
    for (const inseparable of together) {
      const bytes = inseparable.reduce((sum, cell) => sum + cellBytes(cell), 0);
      if (bytes > room) {
        sheets.push([]);
        room = BYTES_FOR_CELLS;
      }
      sheets.at(-1)?.push(...inseparable);
      room -= bytes;
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
 * A count's place. Rankings, turnout, and whatever the definition does not have are counted alone, in a row of their own on a
 * sheet named after their region.
 */
export function placeOf(definition: ElectionDefinition, regionId: string, interpretation: string): Place {
  const cell = cellName(regionId, interpretation);
  const shared = sharedSheetOf(definition).get(cell);
  return shared === undefined ? { sheet: regionId, alone: interpretation, cell } : { sheet: shared, alone: "", cell };
}

/** All sheets of an election's results. */
export function resultSheets(definition: ElectionDefinition): readonly string[] {
  const shared = sharedSheets(definition).map((_, index) => sharedSheetName(index));
  return shared.length === 0 ? contestRegionIds(definition) : shared;
}

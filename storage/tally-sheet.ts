import {
  candidatesIn,
  contestRegionIds,
  isRanked,
  isTrustees,
  type RaceDefinition,
  REFERENDUM_CHOICES,
} from "#core/contest.ts";
import type { ElectionDefinition } from "#core/election.ts";
import { onceEach } from "#core/once-each.ts";
import { BLANK, MARKED, SEALED, SPOILED } from "#core/selection.ts";
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

/** Cells in sheets, in order: those given together are never parted. */
function inSheets(cells: Iterable<readonly string[]>): readonly (readonly string[])[] {
  const sheets: string[][] = [];
  let room = 0;
  for (const inseparable of cells) {
    const bytes = inseparable.reduce((sum, cell) => sum + cellBytes(cell), 0);
    if (bytes > room) {
      sheets.push([]);
      room = BYTES_FOR_CELLS;
    }
    sheets.at(-1)?.push(...inseparable);
    room -= bytes;
  }
  return sheets;
}

/**
 * The cells of each shared sheet, in order. There are too many rankings to know beforehand, so none is shared. Where ballots mark
 * several names, all of a region's cells are on one sheet, however long: a ballot is added, and read, as a whole.
 */
export const sharedSheets = onceEach((definition: ElectionDefinition): readonly (readonly string[])[] => {
  if (isRanked(definition)) return [];
  return inSheets(
    contestRegionIds(definition).flatMap((regionId) => {
      const cells = possibleInterpretations(definition, regionId).map((one) => cellName(regionId, one));
      return definition.votingMethod === "choose" ? [cells] : cells.map((cell) => [cell]);
    }),
  );
});

/** No other sheet is named so. */
const sealedSheetName = (index: number): string => `@sealed${index}`;

/** Where ballots are counted by region until trustees open them. */
const sealedSheets = onceEach((definition: ElectionDefinition) =>
  inSheets(
    contestRegionIds(definition).map((regionId) => [SEALED, SPOILED].map((unread) => cellName(regionId, unread))),
  ),
);

const sheetOfCells = (
  sheets: readonly (readonly string[])[],
  nameOf: (index: number) => string,
): ReadonlyMap<string, string> =>
  new Map(sheets.flatMap((cells, index) => cells.map((cell) => [cell, nameOf(index)] as const)));

const sharedSheetOf = onceEach((definition: ElectionDefinition) =>
  sheetOfCells(sharedSheets(definition), sharedSheetName),
);
const sealedSheetOf = onceEach((definition: ElectionDefinition) =>
  sheetOfCells(sealedSheets(definition), sealedSheetName),
);

function placeAmong(sheetOf: ReadonlyMap<string, string>, regionId: string, interpretation: string): Place {
  const cell = cellName(regionId, interpretation);
  const shared = sheetOf.get(cell);
  return shared === undefined ? { sheet: regionId, alone: interpretation, cell } : { sheet: shared, alone: "", cell };
}

/**
 * A count's place, as ballots are counted while they come. Rankings, turnout, and whatever the definition does not have are counted alone, in a row
 * of their own on a sheet named after their region.
 */
export const placeOf = (definition: ElectionDefinition, regionId: string, interpretation: string): Place =>
  placeAmong((isTrustees(definition) ? sealedSheetOf : sharedSheetOf)(definition), regionId, interpretation);

/** A count's place once ballots are opened: where trustees open them, a place of its own. */
export const openedPlaceOf = (definition: ElectionDefinition, regionId: string, interpretation: string): Place =>
  placeAmong(sharedSheetOf(definition), regionId, interpretation);

/** All sheets on which ballots are counted while they come. */
export const resultSheets = (definition: ElectionDefinition): readonly string[] =>
  isTrustees(definition)
    ? sealedSheets(definition).map((_, index) => sealedSheetName(index))
    : openedSheets(definition);

/** All sheets of an election's results, once its ballots are opened. */
export function openedSheets(definition: ElectionDefinition): readonly string[] {
  const shared = sharedSheets(definition).map((_, index) => sharedSheetName(index));
  return shared.length === 0 ? contestRegionIds(definition) : shared;
}

import { sha256 } from "@noble/hashes/sha2.js";
import type { ElectionDefinition } from "#core/election.ts";
import { BLOCK_BYTES, ROWS_PER_BLOCK, type SentRow } from "#functions/office-roll/contract.ts";
import { startOf } from "#spreadsheet/blocks.ts";
import { type Column, type Columns, cellOf, letterOf, namingIn, widthFault } from "#spreadsheet/columns.ts";
import { formOf } from "#spreadsheet/form.ts";
import { identify, rollColumns } from "#spreadsheet/roll.ts";
import { parseRows } from "#spreadsheet/rows.ts";
import { type BadRow, notCsv, type Sheet } from "#spreadsheet/sheet.ts";
import { readRows, type SheetSource } from "#spreadsheet/source.ts";

/** Reads a file of voters in the browser, in constant memory: what is wrong with it, and its rows in blocks that go up. */

/** A column of the file, as its first line names it. */
export type Heading = Readonly<{ letter: string; text: string }>;

/** Which column of the file, from 0, is which of the roll. */
export type Mapping = Readonly<Record<string, number>>;

export type SheetSummary = Readonly<{
  name: string;
  bytes: number;
  sha256: string;
  rows: number;
  blocks: number;
  bad: number;
  /** The first of them. */
  badRows: readonly BadRow[];
  width: number;
  /** In the order of the roll's columns. */
  positions: readonly number[];
}>;

export type Headings = Readonly<{
  headings: readonly Heading[];
  /** What was recognised, by the roll's columns. */
  mapping: Mapping;
  wanted: readonly string[];
}>;

export type ReadingOptions = Readonly<{
  mapping?: Mapping;
  onProgress?: (bytes: number, rows: number) => void;
  /** Told every bad row. */
  onBad?: (row: BadRow) => void;
}>;

const FAULTS_TOLD = 100;
const PROGRESS_EVERY_ROWS = 5_000;

async function firstBytes(source: SheetSource): Promise<Uint8Array> {
  for await (const bytes of source.read()) return bytes;
  return new Uint8Array();
}

/** What of the first line is recognised; the first of several. */
function recognise(header: readonly string[], wanted: readonly Column[]): Mapping {
  const nameOf = namingIn(wanted);
  const mapping: Record<string, number> = {};
  for (const [position, cell] of header.entries()) {
    const name = nameOf(cell);
    if (name !== undefined) mapping[name] ??= position;
  }
  return mapping;
}

/** The first line of a file, and what it names. Throws Refusal where it is no file of rows. */
export async function readHeadings(
  source: SheetSource,
  definition: ElectionDefinition,
): Promise<Headings & Readonly<{ sheet: Omit<Sheet, "columns"> }>> {
  const bytes = await firstBytes(source);
  const form = formOf(source.name, bytes);
  const rowsBefore = form.hasSeparatorLine ? 2 : 1;
  const parsed = parseRows(startOf(bytes, form), form, rowsBefore);
  if ("unreadableLine" in parsed) throw notCsv(source.name, parsed.unreadableLine);
  const header = parsed.rows[rowsBefore - 1]?.record ?? [];
  const width = header.findLastIndex((cell) => cell.trim() !== "") + 1;
  const wanted = rollColumns(definition);
  const named = header.slice(0, width);
  return {
    headings: named.map((text, position) => ({ letter: letterOf(position), text })),
    mapping: recognise(named, wanted),
    wanted: wanted.map(({ name }) => name),
    sheet: { form, rowsBefore },
  };
}

/** A row as it goes up: its cells of the roll, and nothing of its other columns. */
function sentRow(columns: Columns, wanted: readonly string[], line: number, record: readonly string[]): SentRow {
  if (widthFault(columns, record) !== undefined) return [line, record.length];
  return [line, wanted.map((name) => cellOf(columns, record, name))];
}

/** Rows of at most so many bytes, as JSON. */
async function* inBlocks(rows: AsyncIterable<SentRow>): AsyncGenerator<readonly SentRow[]> {
  let block: SentRow[] = [];
  let bytes = 0;
  for await (const row of rows) {
    // A character has at most three bytes, or six where JSON escapes it.
    const size = 6 * row[1].toString().length + 32;
    if (block.length > 0 && (block.length === ROWS_PER_BLOCK || bytes + size > BLOCK_BYTES)) {
      yield block;
      block = [];
      bytes = 0;
    }
    block.push(row);
    bytes += size;
  }
  if (block.length > 0) yield block;
}

/**
 * Reads a file through. Answers its summary, and its blocks as often as they are asked for; or its first line alone, where not every
 * column of the roll is known. Throws Refusal where it is no file of rows.
 */
export async function readSheetFile(
  source: SheetSource,
  definition: ElectionDefinition,
  { mapping, onProgress, onBad }: ReadingOptions,
): Promise<
  Headings | (Headings & Readonly<{ summary: SheetSummary; blocks: () => AsyncGenerator<readonly SentRow[]> }>)
> {
  const { sheet: opened, ...found } = await readHeadings(source, definition);
  const chosen = mapping ?? found.mapping;
  const headings = { ...found, mapping: chosen };
  const positions = found.wanted.map((name) => chosen[name]);
  if (positions.some((position) => position === undefined)) return headings;
  const columns: Columns = { positions: new Map(Object.entries(chosen)), width: found.headings.length };
  const sheet: Sheet = { ...opened, columns };

  const digest = sha256.create();
  let read = 0;
  const digested: SheetSource = {
    ...source,
    async *read(fromByte) {
      for await (const bytes of source.read(fromByte)) {
        digest.update(bytes);
        read += bytes.length;
        yield bytes;
      }
    },
  };
  let rows = 0;
  let bad = 0;
  const badRows: BadRow[] = [];
  async function* checked(): AsyncGenerator<SentRow> {
    for await (const { line, record } of readRows(digested, sheet)) {
      rows++;
      const who = identify(definition, columns, line, record);
      if ("problem" in who) {
        bad++;
        if (badRows.length < FAULTS_TOLD) badRows.push(who);
        onBad?.(who);
      }
      if (rows % PROGRESS_EVERY_ROWS === 0) onProgress?.(read, rows);
      yield sentRow(columns, found.wanted, line, record);
    }
  }
  let blocks = 0;
  for await (const _ of inBlocks(checked())) blocks++;
  onProgress?.(read, rows);
  const hex = [...digest.digest()].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const { name, bytes } = source;
  const known = { positions: positions.filter((position) => position !== undefined), width: columns.width };
  return {
    ...headings,
    summary: { ...{ name, bytes, sha256: hex, rows, blocks, bad, badRows }, ...known },
    async *blocks() {
      const { wanted } = found;
      async function* sent(): AsyncGenerator<SentRow> {
        for await (const { line, record } of readRows(source, sheet)) yield sentRow(columns, wanted, line, record);
      }
      yield* inBlocks(sent());
    },
  };
}

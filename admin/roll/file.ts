import { createReadStream } from "node:fs";
import { open, stat } from "node:fs/promises";
import { basename } from "node:path";
import { startHashing } from "#admin/roll/hashing.ts";
import {
  type CheckedRow,
  type Header,
  identify,
  parseRows,
  REGION_COLUMN,
  type RollRules,
  unreadableLineOf,
} from "#admin/roll/rows.ts";
import type { ElectionDefinition } from "#core/election.ts";
import { Refusal } from "#core/refusal.ts";

/** A roll as a CSV file of credentials and region_id, read in blocks of whole rows. */

const BLOCK_BYTES = 16 * 1024;
const NEWLINE = 10;
const QUOTATION_MARK = 34;

/** Tells whether a file changed. */
export type FileState = Readonly<{ bytes: number; modifiedMs: number }>;

/** A place between two rows of a file. */
export type FilePlace = Readonly<{ bytes: number; lines: number }>;

/** Checked rows, by lines of the file, and where they end. */
export type RollBlock = Readonly<{ rows: readonly CheckedRow[]; end: FilePlace; threads: number }>;

/** A row that may be shown: the last two characters of its first credential. */
export type MaskedRow = Readonly<{ line: number; shown: string; regionId: string }>;

/** State of a file. Throws Refusal when there is no such file. */
export async function fileState(file: string): Promise<FileState> {
  const found = await stat(file).catch(() => undefined);
  if (found === undefined) throw new Refusal(`${file}: there is no such file.`);
  // It is read twice, so a pipe will not do.
  if (!found.isFile()) throw new Refusal(`${file}: this is not a file.`);
  return { bytes: found.size, modifiedMs: found.mtimeMs };
}

function notCsv(file: string, line: number): Refusal {
  return new Refusal(
    `${basename(file)}, line ${line}: this is not CSV: a quotation mark is out of place or never closed.`,
  );
}

/** The position of each column the election needs. Throws Refusal when the first line is not that header. */
function readHeader(file: string, definition: ElectionDefinition, record: readonly string[]): Header {
  const expected = [...definition.credentialFields.map(({ name }) => name), REGION_COLUMN];
  const positions = new Map(record.map((name, index) => [name.toLowerCase(), index]));
  if (record.length !== expected.length || expected.some((name) => !positions.has(name))) {
    throw new Refusal(
      `${basename(file)}, line 1: the first line names the columns, and for election ${definition.electionId} they are ${expected.join(",")}.`,
    );
  }
  return positions;
}

function mask({ definition }: RollRules, values: readonly string[]): string {
  const [value = ""] = values;
  return `${definition.credentialFields[0]?.name} ${"•".repeat(Math.max(0, value.length - 2))}${value.slice(-2)}`;
}

async function firstBytes(file: string): Promise<Uint8Array> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(BLOCK_BYTES), 0, BLOCK_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

/**
 * Reads the header of a roll, and its first good rows, masked, at most `most`. Throws Refusal when the file has not the
 * columns that the election needs.
 */
export async function readRollStart(
  file: string,
  definition: ElectionDefinition,
  most: number,
): Promise<Readonly<{ rules: RollRules; first: readonly MaskedRow[] }>> {
  const start = await firstBytes(file);
  try {
    const [header, ...rows] = parseRows(start, most + 1);
    if (header === undefined) throw new Refusal(`${basename(file)}: this file is empty.`);
    const rules: RollRules = { definition, header: readHeader(file, definition, header.record) };
    const first = rows.flatMap(({ record, line }) => {
      const found = identify(rules, record);
      return "problem" in found ? [] : [{ line, shown: mask(rules, found.values), regionId: found.regionId }];
    });
    return { rules, first };
  } catch (error) {
    const line = unreadableLineOf(error);
    throw line === undefined ? error : notCsv(file, line);
  }
}

/** The end of the last whole row in bytes that begin with one, or 0. Quoted line breaks end no row. */
function endOfRows(bytes: Buffer): number {
  let end = 0;
  for (let from = 0; ; ) {
    const opening = bytes.indexOf(QUOTATION_MARK, from);
    const until = opening === -1 ? bytes.length : opening;
    const lineBreak = until === from ? -1 : bytes.lastIndexOf(NEWLINE, until - 1);
    if (lineBreak >= from) end = lineBreak + 1;
    const closing = opening === -1 ? -1 : bytes.indexOf(QUOTATION_MARK, opening + 1);
    if (closing === -1) return end;
    from = closing + 1;
  }
}

/** Cuts a file into blocks of whole rows. */
async function* readBlocks(file: string, fromByte: number): AsyncGenerator<Buffer> {
  let pending: Buffer = Buffer.alloc(0);
  for await (const chunk of createReadStream(file, { start: fromByte, highWaterMark: BLOCK_BYTES })) {
    pending = Buffer.concat([pending, chunk]);
    // No row is that long: let the check say so.
    const end = endOfRows(pending) || (pending.length > 2 * BLOCK_BYTES ? pending.length : 0);
    if (end === 0) continue;
    yield pending.subarray(0, end);
    pending = pending.subarray(end);
  }
  if (pending.length > 0) yield pending;
}

/**
 * Checks and hashes a roll in order, from the start or from a place that an earlier reading gave, in constant memory. Throws
 * Refusal when the file is not CSV.
 */
export async function* readRollFile(
  file: string,
  rules: RollRules,
  pepper: Uint8Array,
  from: FilePlace = { bytes: 0, lines: 0 },
): AsyncGenerator<RollBlock> {
  const hashing = startHashing({ rules, pepper }, (await fileState(file)).bytes - from.bytes);
  let { bytes, lines } = from;
  const inOrder = async (block: Buffer, checking: ReturnType<typeof hashing.check>): Promise<RollBlock> => {
    const checked = await checking;
    if ("unreadableLine" in checked) throw notCsv(file, lines + checked.unreadableLine);
    const before = lines;
    lines += checked.lines;
    bytes += block.length;
    const rows = checked.rows.map((row) => ({ ...row, line: before + row.line }));
    return { rows, end: { bytes, lines }, threads: hashing.threads };
  };
  const underWay: (readonly [Buffer, ReturnType<typeof hashing.check>])[] = [];
  try {
    let headed = from.bytes === 0;
    for await (const block of readBlocks(file, from.bytes)) {
      const checking = hashing.check({ block, headed });
      // If reading stops early, nobody awaits these.
      checking.catch(() => {});
      underWay.push([block, checking]);
      headed = false;
      const oldest = underWay.length < hashing.width ? undefined : underWay.shift();
      if (oldest !== undefined) yield await inOrder(...oldest);
    }
    for (const oldest of underWay) yield await inOrder(...oldest);
  } finally {
    await hashing.close();
  }
}

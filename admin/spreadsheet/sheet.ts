import { open, stat } from "node:fs/promises";
import { basename } from "node:path";
import { BLOCK_BYTES, readBlocks, startOf } from "#admin/spreadsheet/blocks.ts";
import { type Column, type Columns, findColumns } from "#admin/spreadsheet/columns.ts";
import { formOf, type SheetForm } from "#admin/spreadsheet/form.ts";
import { lineBreaksIn, parseRows, type SheetRow } from "#admin/spreadsheet/rows.ts";
import { Refusal } from "#core/refusal.ts";

/** The one reader of files of rows (CSV), as spreadsheets write them. */

/** Tells whether a file changed. */
export type FileState = Readonly<{ bytes: number; modifiedMs: number }>;

/** A sheet whose columns are known. */
export type Sheet = Readonly<{
  form: SheetForm;
  columns: Columns;
  /** Rows before the first of data. */
  rowsBefore: number;
}>;

/** State of a file. Throws Refusal when there is no such file. */
export async function fileState(file: string): Promise<FileState> {
  const found = await stat(file).catch(() => undefined);
  if (found === undefined) throw new Refusal(`${file}: there is no such file.`);
  // It is read twice, so a pipe will not do.
  if (!found.isFile()) throw new Refusal(`${file}: this is not a file.`);
  return { bytes: found.size, modifiedMs: found.mtimeMs };
}

export function notCsv(file: string, line: number): Refusal {
  return new Refusal(
    `${basename(file)}, line ${line}: this is not CSV: a quotation mark in the row that begins here is out of place or never closed.`,
  );
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
 * Reads the column names of a sheet, and its first rows, at most `most`. Throws Refusal when it is none, or has not the columns that are
 * wanted.
 * @param whose what the columns are for, such as "election 1"
 */
export async function openSheet(
  file: string,
  { wanted, whose, most = 0 }: Readonly<{ wanted: readonly Column[]; whose: string; most?: number }>,
): Promise<Sheet & Readonly<{ first: readonly SheetRow[] }>> {
  await fileState(file);
  const bytes = await firstBytes(file);
  const form = formOf(file, bytes);
  const rowsBefore = form.hasSeparatorLine ? 2 : 1;
  const parsed = parseRows(startOf(bytes, form), form, rowsBefore + most);
  if ("unreadableLine" in parsed) throw notCsv(file, parsed.unreadableLine);
  const header = parsed.rows[rowsBefore - 1];
  if (header === undefined) throw new Refusal(`${basename(file)}: this file is empty.`);
  const columns = findColumns(header.record, wanted);
  if ("faults" in columns) {
    const names = wanted.map(({ name, isOptional }) => (isOptional === true ? `[${name}]` : name)).join(",");
    throw new Refusal(
      `${basename(file)}, line ${header.line}: the first line names the columns, and for ${whose} they are ${names}: ${columns.faults.join("; ")}.`,
    );
  }
  return { form, columns, rowsBefore, first: parsed.rows.slice(rowsBefore) };
}

/** The rows of a sheet, without its header, in constant memory. Throws Refusal where it is not CSV. */
export async function* readSheet(file: string, { form, rowsBefore }: Sheet): AsyncGenerator<SheetRow> {
  let lines = 0;
  let toSkip = rowsBefore;
  for await (const block of readBlocks(file, form)) {
    const parsed = parseRows(block, form);
    if ("unreadableLine" in parsed) throw notCsv(file, lines + parsed.unreadableLine);
    for (const { record, line } of parsed.rows.slice(toSkip)) yield { record, line: lines + line };
    toSkip = Math.max(0, toSkip - parsed.rows.length);
    lines += lineBreaksIn(block);
  }
}

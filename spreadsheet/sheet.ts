import type { BilingualText } from "#core/election.ts";
import type { Language } from "#core/language.ts";
import { Refusal } from "#core/refusal.ts";
import { clausesJoined } from "#core/sentences.ts";
import { asUtf8, BLOCK_BYTES, blocksOf, startOf } from "#spreadsheet/blocks.ts";
import { type Column, type Columns, findColumns } from "#spreadsheet/columns.ts";
import { formOf, type SheetForm } from "#spreadsheet/form.ts";
import { lineBreaksIn, parseRows, type SheetRow } from "#spreadsheet/rows.ts";

/** The one reader of files of rows (CSV), as spreadsheets write them: for the command line, the site, and its workers. */

/** A sheet whose columns are known. */
export type Sheet = Readonly<{
  form: SheetForm;
  columns: Columns;
  /** Rows before the first of data. */
  rowsBefore: number;
}>;

/** A row that cannot be taken, by its line from 1; what is wrong never quotes it. */
export type BadRow = Readonly<{ line: number; problem: BilingualText }>;

/** @param name the file's */
export function notCsv(name: string, line: number): Refusal {
  return new Refusal(
    `${name}, line ${line}: this is not CSV: a quotation mark in the row that begins here is out of place or never closed.`,
    `${name}, ligne ${line}\u00a0: ce n’est pas du CSV. Un guillemet de la rangée qui commence ici est mal placé, ou n’est jamais refermé.`,
  );
}

/** What a sheet's columns are for: its name in a sentence, such as "election 1". */
export type Wanted = Readonly<{ wanted: readonly Column[]; whose: BilingualText; most?: number }>;

/**
 * Reads the column names of a sheet, and its first rows, at most `most`. Throws Refusal when it is none, or has not the columns that are
 * wanted.
 * @param name the file's
 * @param bytes its first, as many as BLOCK_BYTES unless it is shorter
 */
export function openSheetOf(
  name: string,
  bytes: Uint8Array,
  { wanted, whose, most = 0 }: Wanted,
): Sheet & Readonly<{ first: readonly SheetRow[] }> {
  const form = formOf(name, bytes);
  const rowsBefore = form.hasSeparatorLine ? 2 : 1;
  const parsed = parseRows(startOf(bytes, form), form, rowsBefore + most);
  if ("unreadableLine" in parsed) throw notCsv(name, parsed.unreadableLine);
  const header = parsed.rows[rowsBefore - 1];
  if (header === undefined) throw new Refusal(`${name}: this file is empty.`, `${name}\u00a0: ce fichier est vide.`);
  const columns = findColumns(header.record, wanted);
  if ("faults" in columns) {
    const names = wanted.map(({ name, isOptional }) => (isOptional === true ? `[${name}]` : name)).join(",");
    const told = (language: Language): string =>
      clausesJoined(
        language,
        columns.faults.map((fault) => fault[language]),
      );
    throw new Refusal(
      `${name}, line ${header.line}: the first line names the columns, and for ${whose.en} they are ${names}: ${told("en")}.`,
      `${name}, ligne ${header.line}\u00a0: la première ligne nomme les colonnes. Pour ${whose.fr}, ce sont ${names}\u00a0: ${told("fr")}.`,
    );
  }
  return { form, columns, rowsBefore, first: parsed.rows.slice(rowsBefore) };
}

/** The rows of a sheet's blocks, without its header. Throws Refusal where they are not CSV. */
export async function* rowsOfBlocks(
  name: string,
  blocks: AsyncIterable<Uint8Array>,
  { form, rowsBefore }: Sheet,
): AsyncGenerator<SheetRow> {
  let lines = 0;
  let toSkip = rowsBefore;
  for await (const block of blocks) {
    const parsed = parseRows(block, form);
    if ("unreadableLine" in parsed) throw notCsv(name, lines + parsed.unreadableLine);
    for (const { record, line } of parsed.rows.slice(toSkip)) yield { record, line: lines + line };
    toSkip = Math.max(0, toSkip - parsed.rows.length);
    lines += lineBreaksIn(block);
  }
}

/** A file as the browser gives it, or bytes in memory. */
export type NamedBytes = Readonly<{ name: string; blob: Blob }>;

/** The chunks of a blob: not every browser can iterate over its stream. */
async function* chunksOf(blob: Blob): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < blob.size; from += BLOCK_BYTES) {
    yield new Uint8Array(await blob.slice(from, from + BLOCK_BYTES).arrayBuffer());
  }
}

/** As openSheetOf, of a blob. */
export async function openBlob(
  { name, blob }: NamedBytes,
  wanted: Wanted,
): Promise<Sheet & Readonly<{ first: readonly SheetRow[] }>> {
  return openSheetOf(name, new Uint8Array(await blob.slice(0, BLOCK_BYTES).arrayBuffer()), wanted);
}

/** The rows of a blob, without its header, in constant memory. Throws Refusal where it is not CSV. */
export function rowsOfBlob({ name, blob }: NamedBytes, sheet: Sheet): AsyncGenerator<SheetRow> {
  return rowsOfBlocks(name, blocksOf(asUtf8(chunksOf(blob), sheet.form), sheet.form), sheet);
}

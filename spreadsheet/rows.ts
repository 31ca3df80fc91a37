import { CsvError, type InfoRecord, parse } from "csv-parse/sync";
import type { SheetForm } from "#spreadsheet/form.ts";

/** Otherwise an unclosed quotation mark swallows the rest of the block. */
const LONGEST_ROW = 30_000;

/** Lines are counted from 1, in the block or in the file; of a row over several, the last. */
export type SheetRow = Readonly<{ record: readonly string[]; line: number }>;

export type ParsedBlock =
  | Readonly<{ rows: readonly SheetRow[] }>
  /** The block is not CSV from the row on that begins in this line. */
  | Readonly<{ unreadableLine: number }>;

/** The line in which the row after a line begins. */
function lineOfRowAfter(block: Uint8Array, line: number): number {
  const lines = new TextDecoder("latin1").decode(block).split("\n");
  return (
    Math.max(
      line,
      lines.findIndex((text, index) => index >= line && /[^\s,;"]/.test(text)),
    ) + 1
  );
}

const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];

const withoutMark = (block: Uint8Array): Uint8Array =>
  BYTE_ORDER_MARK.every((byte, index) => block[index] === byte) ? block.subarray(BYTE_ORDER_MARK.length) : block;

/** Rows of a block of CSV, at most `most`; those whose cells are all empty are left out. */
export function parseRows(block: Uint8Array, { delimiter }: SheetForm, most?: number): ParsedBlock {
  let lastLine = 0;
  try {
    const found: unknown = parse(withoutMark(block), {
      delimiter,
      record_delimiter: ["\n", "\r\n"],
      max_record_size: LONGEST_ROW,
      relax_column_count: true,
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
      trim: true,
      info: true,
      on_record(record, { lines }) {
        lastLine = lines;
        return record;
      },
      ...(most !== undefined && { to: most }),
    });
    // The parser's types ignore the option `info`.
    const rows = found as readonly Readonly<{ record: readonly string[]; info: InfoRecord }>[];
    return { rows: rows.map(({ record, info }) => ({ record, line: info.lines })) };
  } catch (error) {
    // Its message would quote the row.
    if (error instanceof CsvError) return { unreadableLine: lineOfRowAfter(block, lastLine) };
    throw error;
  }
}

export function lineBreaksIn(block: Uint8Array): number {
  let count = 0;
  for (let at = block.indexOf(10); at !== -1; at = block.indexOf(10, at + 1)) count++;
  return count;
}

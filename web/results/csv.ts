/** Tables as comma-separated values (RFC 4180), safe to open in a spreadsheet. */

export type Cell = string | number | null | undefined;

/** A spreadsheet takes a text that begins so for a formula, and would run it. */
const FORMULA = /^[\s\0]*[=+\-@＝＋－＠|%]|^[\t\r\n]/;

/** A text with what keeps a spreadsheet from running it: an apostrophe, which it does not show. */
function harmless(text: string): string {
  return FORMULA.test(text) ? `'${text}` : text;
}

function written(cell: Cell): string {
  if (cell === null || cell === undefined) return "";
  // A number is no text: a sign in front of one is its own.
  const text = typeof cell === "number" ? String(cell) : harmless(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Spreadsheets read accents right only after this mark. */
const BYTE_ORDER_MARK = "\uFEFF";

/** A table's rows, its header first, as the text of a file. */
export function writeCsv(rows: readonly (readonly Cell[])[]): string {
  return BYTE_ORDER_MARK + rows.map((row) => `${row.map(written).join(",")}\r\n`).join("");
}

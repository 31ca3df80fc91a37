/** Tables as comma-separated values (RFC 4180), safe to open in a spreadsheet. */

export type Cell = string | number | null | undefined;

/** Starts of what a spreadsheet would run as a formula. */
const FORMULA = /^[\s\0]*[=+\-@＝＋－＠|%]|^[\t\r\n]/;

/** An apostrophe stops that, and is not displayed. */
function harmless(text: string): string {
  return FORMULA.test(text) ? `'${text}` : text;
}

function written(cell: Cell): string {
  if (cell === null || cell === undefined) return "";
  // The sign of a number is harmless.
  const text = typeof cell === "number" ? String(cell) : harmless(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** BOM: without it spreadsheets garble accents. */
export const BYTE_ORDER_MARK = "\uFEFF";

export const csvRow = (cells: readonly Cell[]): string => `${cells.map(written).join(",")}\r\n`;

export function writeCsv(rows: readonly (readonly Cell[])[]): string {
  return BYTE_ORDER_MARK + rows.map(csvRow).join("");
}

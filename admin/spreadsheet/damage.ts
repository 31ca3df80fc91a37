/** What spreadsheets do to values that they take for numbers. Told without the value, which may be a secret. */

const REMEDY = "format the column as text and fill it in again";
const MOST_ZEROS = 20;

/** Spaces and invisible characters are no damage. */
export function visible(cell: string): string {
  return cell.normalize("NFKC").replaceAll(/[\s\p{Cf}]/gu, "");
}

/** "is a number in scientific notation …", to follow the column's name; undefined for a value that looks whole. */
export function damageOf(cell: string): string | undefined {
  // Most are of this form, and there may be millions.
  if (/^[A-Za-z0-9]*$/.test(cell)) return undefined;
  const value = visible(cell);
  if (value.includes("\uFFFD")) return "has a character that is not UTF-8: save the sheet as “CSV UTF-8”";
  if (value.startsWith("#"))
    return "is an error of the spreadsheet, such as #N/A, or ##### of a column that is too narrow";
  if (/^\d{1,3}(?:[.,]\d+)?E[+-]?\d+$/i.test(value)) {
    return `is a number in scientific notation, such as 1.23E+08: ${REMEDY}`;
  }
  if (/^\d+[.,]\d+$/.test(value)) return `is a number with decimals: ${REMEDY}`;
  return undefined;
}

/**
 * "has lost 1 leading zero …" when a number that does not fit would with zeros before it; undefined otherwise.
 * @param fits whether a value is right
 */
export function lostZeros(cell: string, fits: (value: string) => boolean): string | undefined {
  const value = visible(cell);
  if (!/^\d+$/.test(value)) return undefined;
  for (let zeros = 1; zeros <= MOST_ZEROS; zeros++) {
    if (!fits("0".repeat(zeros) + value)) continue;
    return `seems to have lost ${zeros === 1 ? "a leading zero" : `${zeros} leading zeros`}: ${REMEDY}`;
  }
  return undefined;
}

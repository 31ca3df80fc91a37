import type { BilingualText } from "#core/election.ts";

/** What spreadsheets do to values that they take for numbers. Told without the value, which may be a secret. */

const REMEDY = {
  en: "format the column as text and fill it in again",
  fr: "mettez la colonne au format texte et remplissez-la de nouveau",
};
const MOST_ZEROS = 20;

export const NOT_UTF8 = {
  en: "has a character that is not UTF-8: save the sheet as “CSV UTF-8”",
  fr: "contient un caractère qui n’est pas en UTF-8\u00a0: enregistrez la feuille en «\u00a0CSV UTF-8\u00a0»",
};
const IN_ERROR = {
  en: "is an error of the spreadsheet, such as #N/A, or ##### of a column that is too narrow",
  fr: "est une erreur du tableur, telle que #N/A, ou les ##### d’une colonne trop étroite",
};
const SCIENTIFIC = {
  en: `is a number in scientific notation, such as 1.23E+08: ${REMEDY.en}`,
  fr: `est un nombre en notation scientifique, tel que 1,23E+08\u00a0: ${REMEDY.fr}`,
};
const DECIMAL = { en: `is a number with decimals: ${REMEDY.en}`, fr: `est un nombre décimal\u00a0: ${REMEDY.fr}` };

/** Spaces and invisible characters are no damage. */
export function visible(cell: string): string {
  return cell.normalize("NFKC").replaceAll(/[\s\p{Cf}]/gu, "");
}

/** "is a number in scientific notation …", to follow the column's name; undefined for a value that looks whole. */
export function damageOf(cell: string): BilingualText | undefined {
  // Most are of this form, and there may be millions.
  if (/^[A-Za-z0-9]*$/.test(cell)) return undefined;
  const value = visible(cell);
  if (value.includes("\uFFFD")) return NOT_UTF8;
  if (value.startsWith("#")) return IN_ERROR;
  if (/^\d{1,3}(?:[.,]\d+)?E[+-]?\d+$/i.test(value)) return SCIENTIFIC;
  if (/^\d+[.,]\d+$/.test(value)) return DECIMAL;
  return undefined;
}

/**
 * "seems to have lost a leading zero …" when a number that does not fit would with zeros before it; undefined otherwise.
 * @param fits whether a value is right
 */
export function lostZeros(cell: string, fits: (value: string) => boolean): BilingualText | undefined {
  const value = visible(cell);
  if (!/^\d+$/.test(value)) return undefined;
  for (let zeros = 1; zeros <= MOST_ZEROS; zeros++) {
    if (!fits("0".repeat(zeros) + value)) continue;
    const lost =
      zeros === 1
        ? { en: "a leading zero", fr: "un zéro au début" }
        : { en: `${zeros} leading zeros`, fr: `${zeros} zéros au début` };
    return {
      en: `seems to have lost ${lost.en}: ${REMEDY.en}`,
      fr: `semble avoir perdu ${lost.fr}\u00a0: ${REMEDY.fr}`,
    };
  }
  return undefined;
}

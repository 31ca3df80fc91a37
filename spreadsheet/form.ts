import { Refusal } from "#core/refusal.ts";
import { encodingOf, type TextEncoding } from "#core/text-encoding.ts";

/** How a spreadsheet wrote a file of rows (CSV). */

export type SheetForm = Readonly<{
  encoding: TextEncoding;
  delimiter: string;
  /** Lines end in a carriage return alone, as on old Macintoshes. */
  hasBareReturns: boolean;
  /** The first line is `sep=;`, which Excel reads and writes. */
  hasSeparatorLine: boolean;
}>;

const DELIMITERS = [",", ";", "\t"] as const;
const SEPARATOR_LINE = /^"?sep=([,;\t])"?\s*$/i;

/** Zip, as .xlsx, .ods and .numbers are, and the compound file of .xls. */
const WORKBOOKS = [
  [0x50, 0x4b, 0x03, 0x04],
  [0xd0, 0xcf, 0x11, 0xe0],
];

/** What is most frequent in the line of column names, outside quotation marks. */
function delimiterOf(header: string): string {
  const unquoted = header.replaceAll(/"[^"]*"/g, "");
  const counts = DELIMITERS.map((delimiter) => unquoted.split(delimiter).length);
  return DELIMITERS[counts.indexOf(Math.max(...counts))] ?? ",";
}

/** The form of a file that begins with these bytes. Throws Refusal for what is no text, with what to do. @param name the file's */
export function formOf(name: string, start: Uint8Array): SheetForm {
  if (WORKBOOKS.some((mark) => mark.every((byte, index) => start[index] === byte))) {
    throw new Refusal(
      `${name}: this is a workbook (.xlsx, .xls or .ods). Open it in the spreadsheet, save the sheet as “CSV UTF-8”, and give that file.`,
      `${name}\u00a0: c’est un classeur (.xlsx, .xls ou .ods). Ouvrez-le dans le tableur, enregistrez la feuille en «\u00a0CSV UTF-8\u00a0», et donnez ce fichier-là.`,
    );
  }
  const encoding = encodingOf(start);
  const text = new TextDecoder(encoding).decode(start, { stream: true });
  if (text.includes("\0")) {
    throw new Refusal(
      `${name}: this is not a text file: save the sheet as “CSV UTF-8”.`,
      `${name}\u00a0: ce n’est pas un fichier texte. Enregistrez la feuille en «\u00a0CSV UTF-8\u00a0».`,
    );
  }
  const hasBareReturns = text.includes("\r") && !text.includes("\n");
  const [first = ""] = text.split(/[\r\n]+/).filter((line) => line.trim() !== "");
  const separator = SEPARATOR_LINE.exec(first)?.[1];
  return {
    encoding,
    delimiter: separator ?? delimiterOf(first),
    hasBareReturns,
    hasSeparatorLine: separator !== undefined,
  };
}

import { type FontName, fontFor, widthOf } from "#admin/cards/fonts.ts";
import type { Paper } from "#admin/cards/paper.ts";
import type { BilingualText } from "#core/election.ts";
import { NOT_UTF8 } from "#spreadsheet/damage.ts";

/** A name and address, set so that the envelope's window shows all of it. */

export type AddressBlock = Readonly<{
  lines: readonly Readonly<{ text: string; font: FontName }>[];
  /** Of the type, in points. */
  size: number;
  /** From one line to the next, in points. */
  leading: number;
}>;

/** Largest first. Post offices read no smaller type. */
const SIZES = [10.5, 10, 9.5, 9, 8.5] as const;
const SMALLEST = 8.5;
const LEADING = 1.18;

/** One spelling of what is printed: accents composed, white space single, invisible characters left out. */
export const printable = (text: string): string =>
  text
    .normalize("NFC")
    .replaceAll(/\p{Cf}/gu, "")
    .replaceAll(/[\s\p{Cc}]+/gu, " ")
    .trim();

const describe = (character: string): string =>
  `${character} (U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")})`;

/** Sets the lines that are not empty, in order; or says what keeps them from being printed, without quoting them. */
export function addressBlock(
  cells: readonly Readonly<{ column: string; text: string }>[],
  required: readonly string[],
  { address }: Paper,
): AddressBlock | Readonly<{ problems: readonly BilingualText[] }> {
  const problems: BilingualText[] = [];
  const lines: { text: string; font: FontName }[] = [];
  let widest = 0;
  for (const { column, text } of cells.map((cell) => ({ ...cell, text: printable(cell.text) }))) {
    if (text === "") {
      if (required.includes(column)) {
        problems.push({ en: `${column} is empty`, fr: `${column} est vide` });
      }
      continue;
    }
    if (text.includes("\uFFFD")) {
      problems.push({ en: `${column} ${NOT_UTF8.en}`, fr: `${column} ${NOT_UTF8.fr}` });
      continue;
    }
    const found = fontFor(text);
    if ("missing" in found) {
      const characters = found.missing.map(describe).join(", ");
      problems.push({
        en: `${column} has characters that cannot be printed: ${characters}`,
        fr: `${column} a des caractères qui ne peuvent être imprimés\u00a0: ${characters}`,
      });
      continue;
    }
    const width = widthOf(text, found.font) * SMALLEST;
    if (width > address.width) {
      const fitting = Math.floor(([...text].length * address.width) / width);
      const { length } = [...text];
      problems.push({
        en: `${column} is too long for the envelope's window: ${length} characters, about ${fitting} fit`,
        fr: `${column} est trop long pour la fenêtre de l’enveloppe\u00a0: ${length} caractères, et environ ${fitting} y tiennent`,
      });
    }
    widest = Math.max(widest, width / SMALLEST);
    lines.push({ text, font: found.font });
  }
  if (problems.length > 0) return { problems };
  const size =
    SIZES.find((points) => lines.length * points * LEADING <= address.height && widest * points <= address.width) ??
    SMALLEST;
  return { lines, size, leading: size * LEADING };
}

import { normaliseCredential } from "#core/credential.ts";
import type { BilingualText } from "#core/election.ts";

/** The columns of a sheet, found by the names in its first line: in any order and case, with spaces and accents or without. */

export type Column = Readonly<{
  name: string;
  /** Other names, in French too. */
  headings?: readonly string[];
  isOptional?: boolean;
}>;

export type Columns = Readonly<{
  /** Positions from 0, by name. */
  positions: ReadonlyMap<string, number>;
  /** Cells that are named. */
  width: number;
}>;

const isBlank = (cell: string): boolean => cell.trim() === "";

/** "D" for the fourth, as spreadsheets call it. */
export function letterOf(position: number): string {
  const letter = String.fromCharCode(65 + (position % 26));
  return position < 26 ? letter : letterOf(Math.floor(position / 26) - 1) + letter;
}

/** Which column a cell of the first line names; undefined for none. */
export function namingIn(wanted: readonly Column[]): (cell: string) => string | undefined {
  const names = new Map(
    wanted.flatMap(({ name, headings = [] }) =>
      [name, ...headings].map((heading) => [normaliseCredential(heading), name]),
    ),
  );
  return (cell) => names.get(normaliseCredential(cell));
}

/** Finds the columns, or tells every fault. A fault never quotes a cell: without a header the first line is somebody's data. */
export function findColumns(
  header: readonly string[],
  wanted: readonly Column[],
): Columns | Readonly<{ faults: readonly BilingualText[] }> {
  const nameOf = namingIn(wanted);
  const width = header.findLastIndex((cell) => !isBlank(cell)) + 1;
  const positions = new Map<string, number>();
  const faults: BilingualText[] = [];
  for (const [position, cell] of header.slice(0, width).entries()) {
    const name = nameOf(cell);
    const earlier = name === undefined ? undefined : positions.get(name);
    const here = letterOf(position);
    if (name === undefined) {
      faults.push({ en: `column ${here} is none of them`, fr: `la colonne ${here} n’en fait pas partie` });
    } else if (earlier !== undefined) {
      const both = letterOf(earlier);
      faults.push({
        en: `columns ${both} and ${here} are both ${name}`,
        fr: `les colonnes ${both} et ${here} sont toutes deux ${name}`,
      });
    } else positions.set(name, position);
  }
  const missing = wanted.filter(({ name, isOptional }) => isOptional !== true && !positions.has(name));
  if (missing.length > 0) {
    const named = missing.map(({ name }) => name).join(", ");
    const isOne = missing.length === 1;
    faults.push({
      en: `${named} ${isOne ? "is" : "are"} missing`,
      fr: `il manque ${isOne ? "la colonne" : "les colonnes"} ${named}`,
    });
  }
  return faults.length > 0 ? { faults } : { positions, width };
}

/** Of a row with another number of cells than the header. */
export const cellsFault = (width: number, cells: number): BilingualText => ({
  en: `has ${cells} columns where the header has ${width}`,
  fr: `a ${cells} colonnes alors que la ligne de titres en a ${width}`,
});

/** What is wrong with a row's number of cells; undefined when it is right. Empty cells beyond the named columns do no harm. */
export function widthFault({ width }: Columns, record: readonly string[]): BilingualText | undefined {
  if (record.length === width || (record.length > width && record.slice(width).every(isBlank))) return undefined;
  return cellsFault(width, record.length);
}

/** A row's cell by the column's name; empty when there is no such column. */
export function cellOf({ positions }: Columns, record: readonly string[], name: string): string {
  return record[positions.get(name) ?? -1] ?? "";
}

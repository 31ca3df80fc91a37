import type { KeyObject } from "node:crypto";
import { CsvError, type InfoRecord } from "csv-parse";
import { parse } from "csv-parse/sync";
import { rollRegionId } from "#core/contest.ts";
import { checkCredentials } from "#core/credential.ts";
import type { ElectionDefinition } from "#core/election.ts";
import { identityHash, voterHash } from "#storage/voter-hash.ts";

/**
 * Checks and hashes the rows of a block. Faults are told by line number and never quote the row: a misplaced column may hold
 * a NAS or a code.
 */

export const REGION_COLUMN = "region_id";

/** Otherwise an unclosed quotation mark swallows the rest of the block. */
const LONGEST_ROW = 10_000;

/** Lines are counted from 1, in the block or in the file. */
export type BadRow = Readonly<{ line: number; problem: string }>;
/** `identity` is the same whatever the person's code is. */
export type GoodRow = Readonly<{ line: number; hash: string; identity: string; regionId: string }>;
export type CheckedRow = GoodRow | BadRow;

/** The position of each column, by lower-case name. */
export type Header = ReadonlyMap<string, number>;

export type RollRules = Readonly<{ definition: ElectionDefinition; header: Header }>;

export type CheckedRows =
  | Readonly<{ rows: readonly CheckedRow[]; lines: number }>
  /** The block is not CSV from this line on. */
  | Readonly<{ unreadableLine: number }>;

type Parsed = Readonly<{ record: readonly string[]; info: InfoRecord }>;
type Row = Readonly<{ record: readonly string[]; line: number }>;

/** Rows of a block of CSV, at most `most`, separated by commas, or semicolons as a French spreadsheet writes. */
export function parseRows(block: Uint8Array, most?: number): readonly Row[] {
  const found: unknown = parse(Buffer.from(block), {
    bom: true,
    delimiter: [",", ";"],
    record_delimiter: ["\n", "\r\n"],
    info: true,
    max_record_size: LONGEST_ROW,
    relax_column_count: true,
    skip_empty_lines: true,
    trim: true,
    ...(most !== undefined && { to: most }),
  });
  // The parser's types ignore the option `info`.
  return (found as readonly Parsed[]).map(({ record, info }) => ({ record, line: info.lines }));
}

/** The line on which the parser gave up; undefined for other errors. Its message would quote the row. */
export function unreadableLineOf(error: unknown): number | undefined {
  if (!(error instanceof CsvError)) return undefined;
  return "lines" in error ? Number(error.lines) : 1;
}

type Identified = Readonly<{ values: readonly string[]; regionId: string }> | Readonly<{ problem: string }>;

/** The normalised credentials of a row, in the order of the election's fields, and its region on the roll; or its fault. */
export function identify({ definition, header }: RollRules, record: readonly string[]): Identified {
  if (record.length !== header.size) {
    return { problem: `has ${record.length} columns where the header has ${header.size}` };
  }
  const value = (name: string): string => record[header.get(name) ?? -1] ?? "";
  const typed = Object.fromEntries(definition.credentialFields.map(({ name }) => [name, value(name)]));
  const credentials = checkCredentials(definition, typed);
  if (!credentials.ok) {
    const rules = definition.credentialFields.filter(({ name }) => credentials.fields.includes(name));
    return { problem: rules.map(({ name, pattern }) => `${name} is not of the form ${pattern}`).join(", ") };
  }
  const regionId = rollRegionId(definition, value(REGION_COLUMN));
  if (regionId === undefined)
    return { problem: `${REGION_COLUMN} is not a region of election ${definition.electionId}` };
  return { values: credentials.values, regionId };
}

function lineBreaks(block: Uint8Array): number {
  let count = 0;
  for (let at = block.indexOf(10); at !== -1; at = block.indexOf(10, at + 1)) count++;
  return count;
}

/** Checks and hashes the rows of a block; its first row is the header and left out when `headed`. */
export function checkRows(rules: RollRules, pepper: KeyObject, block: Uint8Array, headed: boolean): CheckedRows {
  const { electionId } = rules.definition;
  try {
    const rows = parseRows(block).slice(headed ? 1 : 0);
    return {
      lines: lineBreaks(block),
      rows: rows.map(({ record, line }) => {
        const found = identify(rules, record);
        if ("problem" in found) return { line, problem: found.problem };
        const { values, regionId } = found;
        const hash = voterHash(pepper, values, electionId);
        return { line, hash, identity: identityHash(pepper, values, electionId), regionId };
      }),
    };
  } catch (error) {
    const unreadableLine = unreadableLineOf(error);
    if (unreadableLine === undefined) throw error;
    return { unreadableLine };
  }
}

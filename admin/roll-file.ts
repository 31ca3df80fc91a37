import type { KeyObject } from "node:crypto";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { basename } from "node:path";
import { CsvError, type InfoRecord, parse } from "csv-parse";
import { Refusal } from "#admin/refusal.ts";
import { voterFingerprints } from "#admin/voter-fingerprints.ts";
import { rollRegionId } from "#core/contest.ts";
import { checkCredentials } from "#core/credential.ts";
import type { ElectionDefinition } from "#core/election.ts";
import { voterHash } from "#functions/shared/voter-hash.ts";

/**
 * A roll as a CSV file: the credentials by their field names, and region_id. What is wrong with a row is told by line
 * number, never by repeating what stands there: a column in the wrong place may hold a NAS or a code.
 */

const REGION_COLUMN = "region_id";

/** An open quotation mark would otherwise take the rest of the file for one row. */
const LONGEST_ROW = 10_000;

export type BadRow = Readonly<{ line: number; problem: string }>;
export type GoodRow = Readonly<{
  line: number;
  hash: string;
  regionId: string;
  /** The file has named this voter before. */
  repeated: boolean;
}>;
export type CheckedRow = GoodRow | BadRow;

/** A row, and how far into the file it is. */
export type RowInFile = Readonly<{ row: CheckedRow; bytesRead: number }>;

type RawRow = Readonly<{ record: readonly string[]; info: InfoRecord }>;

/** Size of a file in bytes. Throws Refusal when there is no such file. */
export async function rollFileBytes(file: string): Promise<number> {
  const found = await stat(file).catch(() => undefined);
  if (found === undefined) throw new Refusal(`${file}: there is no such file.`);
  // It is read twice, so a pipe will not do.
  if (!found.isFile()) throw new Refusal(`${file}: this is not a file.`);
  return found.size;
}

/** The position of each column the election needs. Throws Refusal when the first line is not that header. */
function readHeader(file: string, definition: ElectionDefinition, record: readonly string[]): Map<string, number> {
  const expected = [...definition.credentialFields.map(({ name }) => name), REGION_COLUMN];
  const positions = new Map(record.map((name, index) => [name.toLowerCase(), index]));
  if (record.length !== expected.length || expected.some((name) => !positions.has(name))) {
    throw new Refusal(
      `${basename(file)}, line 1: the first line names the columns, and for election ${definition.electionId} they are ${expected.join(",")}.`,
    );
  }
  return positions;
}

/**
 * Reads and checks a roll row by row, in the order of the file; a voter named twice in one region is a repetition, in two
 * regions the later row is bad. Throws Refusal when the file cannot be read as CSV with the election's columns.
 */
export async function* readRollFile(
  file: string,
  definition: ElectionDefinition,
  pepper: KeyObject,
): AsyncGenerator<RowInFile> {
  const source = createReadStream(file);
  const parser = parse({
    bom: true,
    // A spreadsheet set to French separates by semicolons.
    delimiter: [",", ";"],
    info: true,
    max_record_size: LONGEST_ROW,
    relax_column_count: true,
    skip_empty_lines: true,
    trim: true,
  });
  source.on("error", (error) => parser.destroy(error));
  const seen = voterFingerprints();
  let positions: Map<string, number> | undefined;
  const check = (record: readonly string[], header: Map<string, number>, line: number): CheckedRow => {
    if (record.length !== header.size) {
      return { line, problem: `has ${record.length} columns where the header has ${header.size}` };
    }
    const value = (name: string): string => record[header.get(name) ?? -1] ?? "";
    const typed = Object.fromEntries(definition.credentialFields.map(({ name }) => [name, value(name)]));
    const credentials = checkCredentials(definition, typed);
    if (!credentials.ok) {
      const rules = definition.credentialFields.filter(({ name }) => credentials.fields.includes(name));
      return { line, problem: rules.map(({ name, pattern }) => `${name} is not of the form ${pattern}`).join(", ") };
    }
    const regionId = rollRegionId(definition, value(REGION_COLUMN));
    if (regionId === undefined) {
      return { line, problem: `${REGION_COLUMN} is not a region of election ${definition.electionId}` };
    }
    const hash = voterHash(pepper, credentials.values, definition.electionId);
    const noted = seen.note(hash, regionId);
    if (noted === "elsewhere") return { line, problem: "an earlier line names the same voter in another region" };
    return { line, hash, regionId, repeated: noted === "repeated" };
  };

  try {
    for await (const { record, info } of source.pipe(parser) as AsyncIterable<RawRow>) {
      if (positions === undefined) positions = readHeader(file, definition, record);
      else yield { row: check(record, positions, info.lines), bytesRead: info.bytes };
    }
  } catch (error) {
    // The parser's own message repeats what stands in the row.
    if (error instanceof CsvError) {
      const line = "lines" in error ? `line ${String(error.lines)}` : "the file";
      throw new Refusal(
        `${basename(file)}, ${line}: this is not CSV: a quotation mark is out of place or never closed.`,
      );
    }
    throw error;
  } finally {
    source.destroy();
    parser.destroy();
  }
  if (positions === undefined) throw new Refusal(`${basename(file)}: this file is empty.`);
}

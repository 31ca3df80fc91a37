import type { KeyObject } from "node:crypto";
import { rollRegionId } from "#core/contest.ts";
import { fits, hashedValues, normaliseFor, type RollField, rollFields, rollIdentity } from "#core/credential.ts";
import type { ElectionDefinition } from "#core/election.ts";
import { cellOf, widthFault } from "#spreadsheet/columns.ts";
import { damageOf, lostZeros, visible } from "#spreadsheet/damage.ts";
import { lineBreaksIn, parseRows } from "#spreadsheet/rows.ts";
import type { Sheet } from "#spreadsheet/sheet.ts";
import { identityHash, voterHash } from "#storage/voter-hash.ts";

/**
 * Checks and hashes the rows of a block. Faults are told by line number and never quote the row: a misplaced column may hold
 * a NAS or a code.
 */

export const REGION_COLUMN = "region_id";

export const REGION_HEADINGS = [
  "region",
  "région",
  "id région",
  "code région",
  "code de région",
  "no région",
  "no de région",
  "numéro de région",
  "identifiant de région",
  "region number",
  "region code",
  "circonscription",
  "district",
  "riding",
];

/** Lines are counted from 1, in the block or in the file. */
export type BadRow = Readonly<{ line: number; problem: string }>;
/** `identity` is the same whatever the person's code is. */
export type GoodRow = Readonly<{ line: number; hash: string; identity: string; regionId: string }>;
export type CheckedRow = GoodRow | BadRow;

export type RollRules = Readonly<{ definition: ElectionDefinition; sheet: Sheet }>;

export type CheckedRows =
  | Readonly<{ rows: readonly CheckedRow[]; lines: number }>
  /** The block is not CSV from this line on. */
  | Readonly<{ unreadableLine: number }>;

type Identified = Readonly<{ values: readonly string[]; regionId: string }> | Readonly<{ problem: string }>;

/** Why a credential does not fit, as whoever made the sheet understands it; undefined when it does. */
export function credentialFault(field: RollField, cell: string): string | undefined {
  const { name, pattern } = field;
  const isRight = (value: string): boolean => fits(field, normaliseFor(field, value));
  const damage = damageOf(cell);
  if (damage !== undefined) return `${name} ${damage.en}`;
  if (isRight(cell)) return undefined;
  if (visible(cell) === "") return `${name} is empty`;
  const lost = lostZeros(cell, isRight);
  if (field.isClaim === true) return `${name} has more than 200 characters, or one that is not printable`;
  return `${name} is not of the form ${pattern}${lost === undefined ? "" : `: it ${lost.en}`}`;
}

export function regionFault({ electionId, regions }: ElectionDefinition, cell: string): string {
  const damage = damageOf(cell) ?? lostZeros(cell, (value) => regions.some(({ regionId }) => regionId === value));
  const fault = `${REGION_COLUMN} is not a region of election ${electionId}`;
  return damage === undefined ? fault : `${fault}: it ${damage.en}`;
}

/** The normalised credentials of a row, in the order of the election's fields, and its region on the roll; or its fault. */
export function identify({ definition, sheet: { columns } }: RollRules, record: readonly string[]): Identified {
  const wrongWidth = widthFault(columns, record);
  if (wrongWidth !== undefined) return { problem: wrongWidth.en };
  const fields = rollFields(definition);
  const faults = fields.flatMap((field) => credentialFault(field, cellOf(columns, record, field.name)) ?? []);
  if (faults.length > 0) return { problem: faults.join(", ") };
  const region = cellOf(columns, record, REGION_COLUMN);
  const regionId = rollRegionId(definition, visible(region));
  if (regionId === undefined) return { problem: regionFault(definition, region) };
  return { values: fields.map((field) => normaliseFor(field, cellOf(columns, record, field.name))), regionId };
}

/** Checks and hashes the rows of a block; its first row is the header and left out when `headed`. */
export function checkRows(rules: RollRules, pepper: KeyObject, block: Uint8Array, headed: boolean): CheckedRows {
  const { definition } = rules;
  const { electionId } = definition;
  const fields = rollFields(definition);
  const parsed = parseRows(block, rules.sheet.form);
  if ("unreadableLine" in parsed) return parsed;
  return {
    lines: lineBreaksIn(block),
    rows: parsed.rows.slice(headed ? rules.sheet.rowsBefore : 0).map(({ record, line }) => {
      const found = identify(rules, record);
      if ("problem" in found) return { line, problem: found.problem };
      const { values, regionId } = found;
      const hash = voterHash(pepper, hashedValues(definition, values, regionId), electionId);
      return {
        line,
        hash,
        identity: identityHash(pepper, rollIdentity(fields, values), electionId),
        regionId,
      };
    }),
  };
}

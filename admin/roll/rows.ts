import type { KeyObject } from "node:crypto";
import { hashedValues, rollFields, rollIdentity } from "#core/credential.ts";
import type { ElectionDefinition } from "#core/election.ts";
import { type Identified, identify } from "#spreadsheet/roll.ts";
import { lineBreaksIn, parseRows } from "#spreadsheet/rows.ts";
import type { BadRow, Sheet } from "#spreadsheet/sheet.ts";
import { identityHash, voterHash } from "#storage/voter-hash.ts";

/** Checks and hashes the rows of a block. */

/** `identity` is the same whatever the person's code is. */
export type GoodRow = Readonly<{ line: number; hash: string; identity: string; regionId: string }>;
export type CheckedRow = GoodRow | BadRow;

export type RollRules = Readonly<{ definition: ElectionDefinition; sheet: Sheet }>;

export type CheckedRows =
  | Readonly<{ rows: readonly CheckedRow[]; lines: number }>
  /** The block is not CSV from this line on. */
  | Readonly<{ unreadableLine: number }>;

export function hashRow(
  definition: ElectionDefinition,
  pepper: KeyObject,
  line: number,
  { values, regionId }: Identified,
): GoodRow {
  const { electionId } = definition;
  const hash = voterHash(pepper, hashedValues(definition, values, regionId), electionId);
  const identity = identityHash(pepper, rollIdentity(rollFields(definition), values), electionId);
  return { line, hash, identity, regionId };
}

/** Checks and hashes the rows of a block; its first row is the header and left out when `headed`. */
export function checkRows(rules: RollRules, pepper: KeyObject, block: Uint8Array, headed: boolean): CheckedRows {
  const { definition, sheet } = rules;
  const parsed = parseRows(block, sheet.form);
  if ("unreadableLine" in parsed) return parsed;
  return {
    lines: lineBreaksIn(block),
    rows: parsed.rows.slice(headed ? sheet.rowsBefore : 0).map(({ record, line }) => {
      const found = identify(definition, sheet.columns, line, record);
      return "problem" in found ? found : hashRow(definition, pepper, line, found);
    }),
  };
}

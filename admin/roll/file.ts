import { basename } from "node:path";
import { startHashing } from "#admin/roll/hashing.ts";
import { type CheckedRow, identify, REGION_COLUMN, REGION_HEADINGS, type RollRules } from "#admin/roll/rows.ts";
import { readBlocks } from "#admin/spreadsheet/blocks.ts";
import { fileState, openSheet } from "#admin/spreadsheet/sheet.ts";
import { rollFields } from "#core/credential.ts";
import type { CredentialField, ElectionDefinition } from "#core/election.ts";
import type { Column } from "#spreadsheet/columns.ts";
import { notCsv } from "#spreadsheet/sheet.ts";

/** A roll as a CSV file of credentials and region_id, read in blocks of whole rows. */

/** A place between two rows of a file, in bytes of its text as UTF-8. */
export type FilePlace = Readonly<{ bytes: number; lines: number }>;

/** Checked rows, by lines of the file, and where they end. */
export type RollBlock = Readonly<{ rows: readonly CheckedRow[]; end: FilePlace; threads: number }>;

/** A row that may be shown: the last two characters of its first credential. */
export type MaskedRow = Readonly<{ line: number; shown: string; regionId: string }>;

/** Columns of credentials, by their names in the definition or as voters see them. */
export function credentialColumns(fields: readonly CredentialField[]): readonly Column[] {
  // "Social insurance number (SIN)" is found by either of its names.
  const namesIn = (label: string): string[] => [label, ...label.split(/[()]/).filter((part) => part.trim() !== "")];
  return fields.map(({ name, label }) => ({ name, headings: [...namesIn(label.fr), ...namesIn(label.en)] }));
}

/** The columns of an election's roll. */
export function rollColumns(definition: ElectionDefinition): readonly Column[] {
  return [...credentialColumns(rollFields(definition)), { name: REGION_COLUMN, headings: REGION_HEADINGS }];
}

function mask({ definition }: RollRules, values: readonly string[]): string {
  const [value = ""] = values;
  return `${rollFields(definition)[0]?.name} ${"•".repeat(Math.max(0, value.length - 2))}${value.slice(-2)}`;
}

/**
 * Reads the header of a roll, and its first good rows, masked, at most `most`. Throws Refusal when the file has not the
 * columns that the election needs.
 */
export async function readRollStart(
  file: string,
  definition: ElectionDefinition,
  most: number,
): Promise<Readonly<{ rules: RollRules; first: readonly MaskedRow[] }>> {
  const { electionId } = definition;
  const wanted = rollColumns(definition);
  const { first, ...sheet } = await openSheet(file, {
    wanted,
    whose: { en: `election ${electionId}`, fr: `l’élection ${electionId}` },
    most,
  });
  const rules: RollRules = { definition, sheet };
  const masked = first.flatMap(({ record, line }) => {
    const found = identify(rules, record);
    return "problem" in found ? [] : [{ line, shown: mask(rules, found.values), regionId: found.regionId }];
  });
  return { rules, first: masked };
}

/**
 * Checks and hashes a roll in order, from the start or from a place that an earlier reading gave, in constant memory. Throws
 * Refusal when the file is not CSV.
 */
export async function* readRollFile(
  file: string,
  rules: RollRules,
  pepper: Uint8Array,
  from: FilePlace = { bytes: 0, lines: 0 },
): AsyncGenerator<RollBlock> {
  const hashing = startHashing({ rules, pepper }, (await fileState(file)).bytes - from.bytes);
  let { bytes, lines } = from;
  const inOrder = async (block: Uint8Array, checking: ReturnType<typeof hashing.check>): Promise<RollBlock> => {
    const checked = await checking;
    if ("unreadableLine" in checked) throw notCsv(basename(file), lines + checked.unreadableLine);
    const before = lines;
    lines += checked.lines;
    bytes += block.length;
    const rows = checked.rows.map((row) => ({ ...row, line: before + row.line }));
    return { rows, end: { bytes, lines }, threads: hashing.threads };
  };
  const underWay: (readonly [Uint8Array, ReturnType<typeof hashing.check>])[] = [];
  try {
    let headed = from.bytes === 0;
    for await (const block of readBlocks(file, rules.sheet.form, from.bytes)) {
      const checking = hashing.check({ block, headed });
      // If reading stops early, nobody awaits these.
      checking.catch(() => {});
      underWay.push([block, checking]);
      headed = false;
      const oldest = underWay.length < hashing.width ? undefined : underWay.shift();
      if (oldest !== undefined) yield await inOrder(...oldest);
    }
    for (const oldest of underWay) yield await inOrder(...oldest);
  } finally {
    await hashing.close();
  }
}

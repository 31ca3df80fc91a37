import { createHash } from "node:crypto";
import { startHashing } from "#admin/roll/hashing.ts";
import { importJournal, noJournal } from "#admin/roll/import-journal.ts";
import type { RollRules } from "#admin/roll/rows.ts";
import type { FilePlace, MaskedRow, RollBlock, RollSource } from "#admin/roll/source.ts";
import { fileSource, fileState } from "#admin/spreadsheet/sheet.ts";
import { rollFields } from "#core/credential.ts";
import type { ElectionDefinition } from "#core/election.ts";
import { Refusal } from "#core/refusal.ts";
import { identify, rollColumns } from "#spreadsheet/roll.ts";
import { notCsv } from "#spreadsheet/sheet.ts";
import { blobSource, openSource, readBlocks, type SheetSource } from "#spreadsheet/source.ts";

/** A roll as a CSV file of credentials and region_id, read in blocks of whole rows. */

function mask({ definition }: RollRules, values: readonly string[]): string {
  const [value = ""] = values;
  return `${rollFields(definition)[0]?.name} ${"•".repeat(Math.max(0, value.length - 2))}${value.slice(-2)}`;
}

/**
 * Reads the header of a roll, and its first good rows, masked, at most `most`. Throws Refusal when the file has not the
 * columns that the election needs.
 */
export async function readRollStart(
  source: SheetSource,
  definition: ElectionDefinition,
  most: number,
): Promise<Readonly<{ rules: RollRules; first: readonly MaskedRow[] }>> {
  const { electionId } = definition;
  const wanted = rollColumns(definition);
  const { first, ...sheet } = await openSource(source, {
    wanted,
    whose: { en: `election ${electionId}`, fr: `l’élection ${electionId}` },
    most,
  });
  const rules: RollRules = { definition, sheet };
  const masked = first.flatMap(({ record, line }) => {
    const found = identify(definition, sheet.columns, line, record);
    return "problem" in found ? [] : [{ line, shown: mask(rules, found.values), regionId: found.regionId }];
  });
  return { rules, first: masked };
}

/**
 * Checks and hashes a roll in order, from the start or from a place that an earlier reading gave, in constant memory. Throws
 * Refusal when the file is not CSV.
 */
export async function* readRollFile(
  source: SheetSource,
  rules: RollRules,
  pepper: Uint8Array,
  from: FilePlace = { bytes: 0, lines: 0 },
): AsyncGenerator<RollBlock> {
  const hashing = startHashing({ rules, pepper }, source.bytes - from.bytes);
  let { bytes, lines } = from;
  const inOrder = async (block: Uint8Array, checking: ReturnType<typeof hashing.check>): Promise<RollBlock> => {
    const checked = await checking;
    if ("unreadableLine" in checked) throw notCsv(source.name, lines + checked.unreadableLine);
    const before = lines;
    lines += checked.lines;
    bytes += block.length;
    const rows = checked.rows.map((row) => ({ ...row, line: before + row.line }));
    return { rows, end: { bytes, lines }, threads: hashing.threads };
  };
  const underWay: (readonly [Uint8Array, ReturnType<typeof hashing.check>])[] = [];
  try {
    let headed = from.bytes === 0;
    for await (const block of readBlocks(source, rules.sheet.form, from.bytes)) {
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

async function sha256Of(source: SheetSource): Promise<string> {
  const digest = createHash("sha256");
  for await (const bytes of source.read()) digest.update(bytes);
  return digest.digest("hex");
}

function rollIn(source: SheetSource, others: Pick<RollSource, "journal" | "requireUnchanged">): RollSource {
  let digest: Promise<string> | undefined;
  return {
    ...{ name: source.name, bytes: source.bytes, ...others },
    sha256() {
      digest ??= sha256Of(source);
      return digest;
    },
    async open(definition, most) {
      const { rules, first } = await readRollStart(source, definition, most);
      return { first, blocks: (pepper, from) => readRollFile(source, rules, pepper, from) };
    },
  };
}

/** A roll that is a CSV file on this machine. Throws Refusal when there is no such file. */
export async function rollFile(path: string): Promise<RollSource> {
  const source = await fileSource(path);
  const state = await fileState(path);
  return rollIn(source, {
    journal: (election, options) => importJournal(path, election, state, options),
    async requireUnchanged() {
      const now = await fileState(path);
      if (now.bytes === state.bytes && now.modifiedMs === state.modifiedMs) return;
      throw new Refusal(
        `${source.name}: the file changed while it was being imported: import it again.`,
        `${source.name}\u00a0: le fichier a changé pendant son importation\u00a0: importez-le de nouveau.`,
      );
    },
  });
}

/** A small roll that is nowhere written. */
export const rollInMemory = (name: string, csv: string): RollSource =>
  rollIn(blobSource(name, new Blob([csv])), { journal: () => noJournal, async requireUnchanged() {} });

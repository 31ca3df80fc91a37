import { access } from "node:fs/promises";
import { basename } from "node:path";
import { describeBadRows } from "#admin/roll/bad-rows.ts";
import { writeWholeFile } from "#admin/shared/whole-file.ts";
import { openSheet, readSheet } from "#admin/spreadsheet/sheet.ts";
import { definitionWarnings, describeFaults } from "#core/definition-faults.ts";
import { DEFAULT_TIME_ZONE, ElectionDefinition, isTimeZone } from "#core/election.ts";
import { EnglishRefusal } from "#core/english-refusal.ts";
import { CANDIDATE_COLUMNS, type CandidateSheet, candidatesOf } from "#spreadsheet/candidates.ts";
import { type Assumption, type DefinitionWishes, definitionOf } from "#spreadsheet/new-definition.ts";
import { limitsExceeded } from "#storage/definition-limits.ts";

/** Writes a definition for the candidates of a sheet. */

export type NewOptions = DefinitionWishes & Readonly<{ from: string; out: string }>;

export type NewDefinition = Readonly<{
  candidates: number;
  regions: number;
  parties: number;
  /** What was made up, and is for the officer to put right. */
  assumed: readonly Assumption[];
  warnings: readonly string[];
}>;

/** Whether a file has this name. */
const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

/** Reads a sheet of candidates. Throws Refusal when it is no sheet, or has not the columns that are needed. */
async function readCandidateSheet(file: string): Promise<CandidateSheet> {
  const sheet = await openSheet(file, CANDIDATE_COLUMNS);
  return candidatesOf(sheet, readSheet(file, sheet));
}

/** Writes a definition for the candidates of a sheet. Throws Refusal, with every fault by its line, and then writes nothing. */
export async function newDefinition(options: NewOptions, atMs = Date.now()): Promise<NewDefinition> {
  const { from, out, timeZone = DEFAULT_TIME_ZONE } = options;
  if (await isThere(out)) throw new EnglishRefusal(`${out} exists already: give another file, or remove it first.`);
  if (!isTimeZone(timeZone))
    throw new EnglishRefusal(
      `timeZone: not an IANA time zone such as ${DEFAULT_TIME_ZONE}, by its area and city, or UTC.`,
    );
  const sheet = await readCandidateSheet(from);
  if (sheet.bad.length > 0) {
    throw new EnglishRefusal(
      `${basename(from)}: nothing was written, for ${describeBadRows(sheet.bad.length, sheet.bad)}`,
    );
  }
  if (sheet.candidates.length === 0) throw new EnglishRefusal(`${basename(from)}: this sheet has no candidates.`);

  const { definition, ...made } = definitionOf(sheet, basename(from), options, atMs);
  const parsed = ElectionDefinition.safeParse(definition);
  const faults = [
    ...describeFaults(definition),
    ...(parsed.success ? limitsExceeded(parsed.data).map(({ en }) => en) : []),
  ];
  if (!parsed.success || faults.length > 0)
    throw new EnglishRefusal(faults.map((fault) => `${out}: ${fault}`).join("\n"));
  await writeWholeFile(out, [`${JSON.stringify(definition, null, 2)}\n`]);
  return { ...made, warnings: definitionWarnings(parsed.data).map(({ en }) => en) };
}

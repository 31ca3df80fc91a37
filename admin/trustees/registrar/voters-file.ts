import { createHmac, randomBytes } from "node:crypto";
import { ADDRESS, LANGUAGE } from "#admin/cards/people.ts";
import { describeBadRows } from "#admin/roll/bad-rows.ts";
import type { OnProgress } from "#admin/shared/progress.ts";
import { withKeySorter } from "#admin/trustees/roll/roll-file.ts";
import { rollRegionId } from "#core/contest.ts";
import { normaliseCredential } from "#core/credential.ts";
import type { CredentialField, ElectionDefinition } from "#core/election.ts";
import { EnglishRefusal } from "#core/english-refusal.ts";
import { badRow } from "#spreadsheet/bad-row.ts";
import { type Column, cellOf, widthFault } from "#spreadsheet/columns.ts";
import { visible } from "#spreadsheet/damage.ts";
import { credentialColumns, credentialFault, REGION_COLUMN, REGION_HEADINGS, regionFault } from "#spreadsheet/roll.ts";
import type { BadRow, Sheet } from "#spreadsheet/sheet.ts";
import { openSource, readRows, type SheetSource } from "#spreadsheet/source.ts";

/** The voters whom a registrar makes cards for: a CSV file of numbers and regions, and what a printer needs to reach them. */

/** `reach` is what the file has of name, address and language, as it stands there. */
export type Voter = Readonly<{ line: number; number: string; regionId: string; reach: readonly string[] }>;

export type VotersFile = Readonly<{
  /** Names of the columns that `reach` has. */
  reaching: readonly string[];
  /** Everybody, in order and in constant memory. */
  rows(): AsyncGenerator<Voter | BadRow>;
}>;

const ROWS_TOLD = 20;
const REPORTED_EVERY = 500;

const REACHING: readonly Column[] = [...ADDRESS, LANGUAGE].map((column) => ({ ...column, isOptional: true }));

function voterReader(
  definition: ElectionDefinition,
  number: CredentialField,
  { columns }: Sheet,
  reaching: readonly string[],
) {
  return (line: number, record: readonly string[]): Voter | BadRow => {
    const wrongWidth = widthFault(columns, record);
    if (wrongWidth !== undefined) return badRow(line, [wrongWidth]);
    const cell = (name: string): string => cellOf(columns, record, name);
    const wrong = credentialFault(number, cell(number.name));
    const faults = wrong === undefined ? [] : [wrong];
    const regionId = rollRegionId(definition, visible(cell(REGION_COLUMN)));
    if (regionId === undefined) faults.push(regionFault(definition, cell(REGION_COLUMN)));
    if (faults.length > 0 || regionId === undefined) return badRow(line, faults);
    return { line, number: normaliseCredential(cell(number.name)), regionId, reach: reaching.map(cell) };
  };
}

/** Throws Refusal when it has not the columns that cards need. */
export async function openVoters(
  source: SheetSource,
  definition: ElectionDefinition,
  number: CredentialField,
): Promise<VotersFile> {
  const { electionId, regions } = definition;
  const region = { name: REGION_COLUMN, headings: REGION_HEADINGS, isOptional: regions.length === 0 };
  const sheet = await openSource(source, {
    wanted: [...credentialColumns([number]), region, ...REACHING],
    whose: { en: `cards of election ${electionId}`, fr: `les cartes de l’élection ${electionId}` },
  });
  const reaching = REACHING.map(({ name }) => name).filter((name) => sheet.columns.positions.has(name));
  const read = voterReader(definition, number, sheet, reaching);
  return {
    reaching,
    async *rows() {
      for await (const { line, record } of readRows(source, sheet)) yield read(line, record);
    },
  };
}

function refuse(name: string, bad: number, told: readonly BadRow[]): void {
  if (bad > 0) throw new EnglishRefusal(`${name}: no card was made, for ${describeBadRows(bad, told)}`);
}

/** Checks everybody, in constant memory. Throws Refusal for bad rows, and for two with one number. Answers how many there are. */
export async function checkVoters(
  { name }: SheetSource,
  voters: VotersFile,
  expected: number,
  onProgress?: OnProgress,
): Promise<number> {
  // Numbers may be people's own, and sorting takes temporary files.
  const key = randomBytes(32);
  const told: BadRow[] = [];
  let [count, bad] = [0, 0];
  const note = (row: BadRow): void => {
    bad++;
    if (told.length < ROWS_TOLD) told.push(row);
  };
  return withKeySorter(async (sorter) => {
    try {
      for await (const voter of voters.rows()) {
        count++;
        if ("problem" in voter) note(voter);
        else {
          const mark = createHmac("sha256", key).update(voter.number).digest("base64url");
          await sorter.add(`${mark} ${voter.line}`);
        }
        if (count % REPORTED_EVERY === 0)
          onProgress?.({ step: "checking", done: count, total: Math.max(count, expected) });
      }
    } finally {
      await sorter.close();
    }
    let before: readonly string[] = [];
    for await (const sorted of sorter.sorted()) {
      const [mark = "", line = ""] = sorted.split(" ");
      if (mark === before[0]) {
        const [first = 0, second = 0] = [Number(before[1]), Number(line)].sort((a, b) => a - b);
        note(badRow(second, [{ en: `has the number of line ${first}`, fr: `a le numéro de la ligne ${first}` }]));
      }
      before = [mark, line];
    }
    refuse(name, bad, told);
    if (count === 0) throw new EnglishRefusal(`${name}: there is nobody in this file.`);
    return count;
  });
}

import { readdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { codesOf } from "#admin/cards/codes.ts";
import { isLettersFile, MERGE_COLUMNS, MERGE_FILE, ROLL_FILE } from "#admin/cards/file-names.ts";
import { printedLetters } from "#admin/cards/printed.ts";
import { nameOfPath, pathOf, type Visit } from "#admin/cards/visit.ts";
import type { Connection } from "#admin/connection/connection.ts";
import { readRollFile, readRollStart } from "#admin/roll/file.ts";
import { readEntries } from "#admin/roll/table.ts";
import { grouped } from "#admin/shared/grouped.ts";
import type { OnProgress } from "#admin/shared/progress.ts";
import { fileSource, openSheet, readSheet } from "#admin/spreadsheet/sheet.ts";
import { normaliseCredential } from "#core/credential.ts";
import type { ElectionDefinition } from "#core/election.ts";
import { EnglishRefusal } from "#core/english-refusal.ts";
import { isOnRoll } from "#core/strike.ts";
import { cellOf } from "#spreadsheet/columns.ts";
import { REGION_COLUMN, rollColumns } from "#spreadsheet/roll.ts";
import { readPepper } from "#storage/election-secrets.ts";
import { readRoll } from "#storage/roll-scan.ts";

/**
 * Compares what will be mailed with who may vote: the letters as they are printed, the mail merge, the roll file beside them, and
 * the roll of the election. Codes are never quoted.
 */

export type CardsCheck = Readonly<{
  letters: number;
  mergeRows: number;
  /** Rows of the roll files. */
  rollRows: number;
  /** Of them, on the roll in the same region; of several rolls, on the one with the fewest. */
  onRoll: number;
  /** What differs; the first of it. */
  differences: readonly string[];
  differing: number;
}>;

const DIFFERENCES_TOLD = 20;

/** A row of a roll file, and where its code was found. */
type Row = { readonly line: number; readonly regionId: string; letters: number; merged: number };

function tally() {
  const told: string[] = [];
  let differing = 0;
  return {
    told,
    get differing() {
      return differing;
    },
    note(difference: string): void {
      differing++;
      if (told.length < DIFFERENCES_TOLD) told.push(difference);
    },
  };
}

type Tally = ReturnType<typeof tally>;

/** The rows of a roll file by code. */
async function rollRows(
  folder: string,
  file: string,
  definition: ElectionDefinition,
  differences: Tally,
): Promise<Map<string, Row>> {
  const { field } = codesOf(definition);
  const rows = new Map<string, Row>();
  const sheet = await openSheet(file, {
    wanted: rollColumns(definition),
    whose: { en: `election ${definition.electionId}`, fr: `l’élection ${definition.electionId}` },
  });
  for await (const { line, record } of readSheet(file, sheet)) {
    const code = normaliseCredential(cellOf(sheet.columns, record, field.name));
    const earlier = rows.get(code);
    if (earlier === undefined)
      rows.set(code, { line, regionId: cellOf(sheet.columns, record, REGION_COLUMN), letters: 0, merged: 0 });
    else differences.note(`${folder}/${ROLL_FILE}, lines ${earlier.line} and ${line}: the same code`);
  }
  return rows;
}

/** Compares a letter, or a row of the mail merge, with the row of its code. */
function compare(
  place: string,
  {
    code,
    number,
    regionId,
  }: Readonly<{ code: string | undefined; number: number | undefined; regionId: string | undefined }>,
  rows: ReadonlyMap<string, Row>,
  differences: Tally,
): Row | undefined {
  const row = rows.get(code ?? "");
  if (row === undefined) {
    differences.note(`${place}: ${code === undefined ? "this is no letter" : `its code is not in ${ROLL_FILE}`}`);
    return undefined;
  }
  if (number !== row.line - 1) differences.note(`${place}: it has the code of letter ${row.line - 1}`);
  if (regionId !== undefined && regionId !== row.regionId) {
    differences.note(`${place}: region ${regionId}, and ${ROLL_FILE}, line ${row.line}, has region ${row.regionId}`);
  }
  return row;
}

/** Compares the letters and the mail merge of a folder with its roll file. */
async function compareFolder(folder: string, visit: Visit, differences: Tally, onLetter: () => void) {
  const { lead: definition } = visit;
  const names = await readdir(folder).catch(() => {
    throw new EnglishRefusal(`${folder}: this folder cannot be read.`);
  });
  for (const name of [ROLL_FILE, MERGE_FILE]) {
    if (!names.includes(name))
      throw new EnglishRefusal(`${folder}: it has no ${name}: this is not a folder that scrutin cards made.`);
  }
  const shown = basename(folder);
  const rows = await rollRows(shown, join(folder, ROLL_FILE), definition, differences);
  let letters = 0;
  for (const name of names.filter(isLettersFile).sort()) {
    for await (const letter of printedLetters(join(folder, name))) {
      letters++;
      onLetter();
      const place = `${shown}/${letter.place}`;
      if (letter.path !== undefined && letter.path !== pathOf(visit)) {
        differences.note(`${place}: a letter of ${nameOfPath(letter.path)}`);
        continue;
      }
      const row = compare(place, letter, rows, differences);
      if (row !== undefined && row.letters++ > 0)
        differences.note(`${place}: a letter with this code is there already`);
    }
  }
  let mergeRows = 0;
  const mergeFile = join(folder, MERGE_FILE);
  const merge = await openSheet(mergeFile, {
    wanted: MERGE_COLUMNS.map((name) => ({ name })),
    whose: { en: "a mail merge", fr: "un publipostage" },
  });
  for await (const { line, record } of readSheet(mergeFile, merge)) {
    mergeRows++;
    const cell = (name: (typeof MERGE_COLUMNS)[number]): string => cellOf(merge.columns, record, name);
    const place = `${shown}/${MERGE_FILE}, line ${line}`;
    const code = normaliseCredential(cell("code"));
    const found = { code, number: Number(cell("letter")), regionId: cell("region_id") };
    const row = compare(place, found, rows, differences);
    if (row !== undefined && row.merged++ > 0) differences.note(`${place}: an earlier line has this code`);
  }
  for (const { line, letters: printed, merged } of rows.values()) {
    if (printed === 0) differences.note(`${shown}/${ROLL_FILE}, line ${line}: nobody has a letter for it`);
    if (merged === 0) differences.note(`${shown}/${ROLL_FILE}, line ${line}: it is not in ${MERGE_FILE}`);
  }
  return { letters, mergeRows, rollRows: rows.size };
}

/** Compares the roll files with the roll of the election. Answers how many of their rows are on it. */
async function compareRoll(
  connection: Connection,
  definition: ElectionDefinition,
  folders: readonly string[],
  note: (difference: string) => void,
  onProgress?: OnProgress,
): Promise<number> {
  const { electionId } = definition;
  const pepper = await readPepper(connection, electionId);
  if (pepper === undefined)
    throw new EnglishRefusal(`The pepper of election ${electionId} was destroyed: nobody can be found on its roll.`);
  const matched = new Map<string, number>();
  const seen = new Set<string>();
  for (const folder of folders) {
    const file = await fileSource(join(folder, ROLL_FILE));
    const place = (line: number): string => `${basename(folder)}/${ROLL_FILE}, line ${line}`;
    const { rules } = await readRollStart(file, definition, 0);
    for await (const { rows } of readRollFile(file, rules, pepper)) {
      const good = rows.filter((row) => "hash" in row);
      for (const row of rows) if ("problem" in row) note(`${place(row.line)}: ${row.problem.en}`);
      const entries = await readEntries(connection, [...new Set(good.map(({ hash }) => hash))]);
      for (const { line, hash, regionId } of good) {
        const entry = entries.get(hash);
        if (seen.has(hash)) note(`${place(line)}: an earlier line names this voter`);
        else if (entry === undefined) note(`${place(line)}: this voter is not on the roll`);
        else if (!isOnRoll(entry)) note(`${place(line)}: this code is void (${entry.struck})`);
        else {
          if (entry.regionId !== regionId)
            note(`${place(line)}: region ${regionId}, and the roll has region ${entry.regionId}`);
          matched.set(entry.regionId, (matched.get(entry.regionId) ?? 0) + 1);
        }
        seen.add(hash);
      }
      onProgress?.({ step: "comparing", done: seen.size, total: seen.size });
    }
  }
  const { onRoll } = await readRoll(connection, electionId, async () => {});
  for (const [regionId, voters] of [...onRoll].sort()) {
    const without = voters - (matched.get(regionId) ?? 0);
    if (without > 0)
      note(`the roll, region ${regionId}: ${grouped(without)} of ${grouped(voters)} voters have no letter here`);
  }
  return [...matched.values()].reduce((sum, count) => sum + count, 0);
}

/**
 * Reconciles folders of letters with each other and with the roll of an election, or with the rolls of a paper's questions.
 * @throws Refusal when a pepper was destroyed, or a folder is not one of letters
 */
export async function checkCards(
  connection: Connection,
  visit: Visit,
  folders: readonly string[],
  { onProgress }: Readonly<{ onProgress?: OnProgress }> = {},
): Promise<CardsCheck> {
  const differences = tally();
  const counts = { letters: 0, mergeRows: 0, rollRows: 0 };
  let done = 0;
  const onLetter = (): void => onProgress?.({ step: "reading", done: ++done, total: done });
  for (const folder of folders) {
    const found = await compareFolder(folder, visit, differences, onLetter);
    counts.letters += found.letters;
    counts.mergeRows += found.mergeRows;
    counts.rollRows += found.rollRows;
  }
  const onRolls: number[] = [];
  for (const definition of visit.questions) {
    const isOneOfMany = visit.questions.length > 1;
    const note = (difference: string): void =>
      differences.note(isOneOfMany ? `election ${definition.electionId}: ${difference}` : difference);
    onRolls.push(await compareRoll(connection, definition, folders, note, onProgress));
  }
  const onRoll = Math.min(...onRolls);
  return { ...counts, onRoll, differences: differences.told, differing: differences.differing };
}

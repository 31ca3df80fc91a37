import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { basename, join } from "node:path";
import { inGroups } from "#admin/cards/codes.ts";
import { lettersFile, MERGE_COLUMNS, MERGE_FILE, ROLL_FILE, writeWholeFolder } from "#admin/cards/folder.ts";
import { type LettersFile, openLettersFile } from "#admin/cards/letters-file.ts";
import { type Office, openOffice } from "#admin/cards/office.ts";
import type { PaperName } from "#admin/cards/paper.ts";
import { readPeople } from "#admin/cards/people.ts";
import { refuseClosed, type Visit } from "#admin/cards/visit.ts";
import type { Connection } from "#admin/connection/connection.ts";
import { recordStateChange } from "#admin/elections/state-changes.ts";
import { describeBadRows } from "#admin/roll/bad-rows.ts";
import { type BadRow, REGION_COLUMN } from "#admin/roll/rows.ts";
import { describeAct } from "#admin/shared/act.ts";
import { grouped } from "#admin/shared/grouped.ts";
import type { OnProgress } from "#admin/shared/progress.ts";
import { fileState } from "#admin/spreadsheet/sheet.ts";
import { LANGUAGES, type Language } from "#core/language.ts";
import { Refusal } from "#core/refusal.ts";
import { BYTE_ORDER_MARK, csvRow } from "#published/csv.ts";
import { lineBreaksIn } from "#spreadsheet/rows.ts";
import { stateChange } from "#storage/election-changes.ts";

/**
 * Makes the letters that bring voters their codes. The file of people is read twice: every row is checked before anything is
 * written. Nothing of it leaves this machine.
 */

export type CardsOptions = Readonly<{
  paper?: PaperName;
  /** Letters in one PDF. */
  lettersPerFile?: number;
  onProgress?: OnProgress;
  /** Called when all is written, before the folder takes its name; if it fails, there is none. */
  record?: (summary: CardsSummary) => Promise<void>;
  atMs?: number;
}>;

export type CardsSummary = Readonly<{
  letters: number;
  byLanguage: Readonly<Record<Language, number>>;
  files: readonly string[];
  envelope: string;
  /** SHA-256 of the file of people, in hexadecimal. */
  sha256: string;
  /** A ballot's address, as on the first letter. */
  url: string;
}>;

const LETTERS_PER_FILE = 500;
const MOST_LETTERS_PER_FILE = 5000;
const ROWS_TOLD = 20;
const ROWS_PER_WRITE = 500;

/** SHA-256 of a file, in hexadecimal, and about how many rows it has. Throws Refusal when there is no such file. */
async function readThrough(file: string): Promise<Readonly<{ sha256: string; rows: number }>> {
  await fileState(file);
  const hash = createHash("sha256");
  let rows = 0;
  for await (const chunk of createReadStream(file)) {
    hash.update(chunk);
    rows += lineBreaksIn(chunk);
  }
  return { sha256: hash.digest("hex"), rows };
}

/** Checks everybody. Throws Refusal when a row is bad. Answers how many there are. */
async function check(
  { definition, codes, paper }: Office,
  file: string,
  expected: number,
  onProgress?: OnProgress,
): Promise<number> {
  let letters = 0;
  const bad: BadRow[] = [];
  for await (const person of readPeople(file, definition, codes, paper)) {
    letters++;
    if ("problem" in person) bad.push(person);
    onProgress?.({ step: "checking", done: letters, total: Math.max(letters, expected) });
  }
  if (bad.length > 0) {
    const told = describeBadRows(bad.length, bad.slice(0, ROWS_TOLD));
    throw new Refusal(`${basename(file)}: no letter was made, for ${told}`);
  }
  if (letters === 0) throw new Refusal(`${basename(file)}: there is nobody in this file.`);
  return letters;
}

/** The letters of one language, in files of so many. */
function lettersIn(language: Language, folder: string, { layouts }: Office, perFile: number) {
  const files: string[] = [];
  let current: LettersFile | undefined;
  let inFile = 0;
  return {
    files,
    async add(letter: Parameters<LettersFile["add"]>[0]): Promise<void> {
      if (current !== undefined && inFile === perFile) {
        await current.close();
        current = undefined;
      }
      if (current === undefined) {
        const name = lettersFile(language, files.length + 1);
        files.push(name);
        current = openLettersFile(join(folder, name), layouts[language], language);
        inFile = 0;
      }
      inFile++;
      await current.add(letter);
    },
    close: async (): Promise<void> => current?.close(),
    destroy: (): void => current?.destroy(),
  };
}

/** Writes everything into a folder. */
async function write(
  office: Office,
  file: string,
  folder: string,
  total: number,
  perFile: number,
  onProgress?: OnProgress,
) {
  const { definition, codes, paper } = office;
  const letters = { fr: lettersIn("fr", folder, office, perFile), en: lettersIn("en", folder, office, perFile) };
  const roll = await open(join(folder, ROLL_FILE), "wx", 0o600);
  const merge = await open(join(folder, MERGE_FILE), "wx", 0o600);
  const byLanguage = { fr: 0, en: 0 };
  const rows: string[] = [];
  const merged: string[] = [];
  const flush = async (): Promise<void> => {
    await roll.writeFile(rows.splice(0).join(""));
    await merge.writeFile(merged.splice(0).join(""));
  };
  let number = 0;
  let url = "";
  try {
    await roll.writeFile(csvRow([...codes.identity.map(({ name }) => name), codes.field.name, REGION_COLUMN]));
    await merge.writeFile(BYTE_ORDER_MARK + csvRow(MERGE_COLUMNS));
    for await (const person of readPeople(file, definition, codes, paper)) {
      if ("problem" in person) throw new Refusal(`${basename(file)}: the file changed while it was read: begin again.`);
      const { address, language, regionId, identity } = person;
      number++;
      byLanguage[language]++;
      const code = codes.draw();
      const ballot = office.ballot(language, regionId);
      url ||= ballot.url;
      await letters[language].add({ number, address, code: inGroups(code), ...ballot });
      rows.push(csvRow([...identity, code, regionId]));
      const lines = Array.from({ length: 5 }, (_, line) => address.lines[line]?.text);
      merged.push(csvRow([number, ...lines, language, regionId, ballot.region, inGroups(code), ballot.url]));
      if (rows.length === ROWS_PER_WRITE) await flush();
      onProgress?.({ step: "writing", done: number, total });
    }
    await flush();
    for (const language of LANGUAGES) await letters[language].close();
  } finally {
    for (const language of LANGUAGES) letters[language].destroy();
    await roll.close();
    await merge.close();
  }
  return { letters: number, byLanguage, url, files: LANGUAGES.flatMap((language) => letters[language].files) };
}

/** Throws Refusal when this is no address of a site. */
function siteOf(address: string): string {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url !== undefined && /^https?:$/.test(url.protocol)) return url.href.replace(/\/+$/, "");
  throw new Refusal(`${address}: this is no address where people vote, such as https://vote.example.ca.`);
}

/**
 * Makes a code and a letter for everybody in a file, and the roll to be imported, in a folder that is written whole or not at all.
 * @param site where people vote
 * @throws Refusal that tells each bad row by line, before anything is written
 */
export async function makeCards(
  visit: Visit,
  site: string,
  people: string,
  out: string,
  { paper = "letter", lettersPerFile = LETTERS_PER_FILE, onProgress, record, atMs = Date.now() }: CardsOptions = {},
): Promise<CardsSummary> {
  if (lettersPerFile < 1 || lettersPerFile > MOST_LETTERS_PER_FILE) {
    throw new Refusal(`A PDF holds from 1 to ${grouped(MOST_LETTERS_PER_FILE)} letters.`);
  }
  refuseClosed(visit, atMs);
  const { sha256, rows } = await readThrough(people);
  const office = openOffice(visit, siteOf(site), paper);
  const total = await check(office, people, rows, onProgress);
  return writeWholeFolder(out, async (folder) => {
    const written = await write(office, people, folder, total, lettersPerFile, onProgress);
    if ((await readThrough(people)).sha256 !== sha256) {
      throw new Refusal(`${basename(people)}: the file changed while it was read: begin again.`);
    }
    const summary = { ...written, envelope: office.paper.envelope, sha256 };
    await record?.(summary);
    return summary;
  });
}

/** As makeCards, for a registered election or paper, in whose record the act goes. */
export async function makeRecordedCards(
  connection: Connection,
  visit: Visit,
  people: string,
  out: string,
  {
    site = connection.apiUrl,
    who,
    reason,
    ...options
  }: Omit<CardsOptions, "record"> & Readonly<{ site?: string; who: string; reason?: string }>,
): Promise<CardsSummary> {
  const { atMs = Date.now() } = options;
  const record = async ({ letters, sha256 }: CardsSummary): Promise<void> => {
    const done = visit.questions.length > 1 ? `letters made to ${visit.name}` : "letters made";
    const what = describeAct(done, letters, { name: basename(people), sha256 }, reason);
    for (const { electionId } of visit.questions) {
      await recordStateChange(connection, electionId, stateChange(what, { who, atMs }));
    }
  };
  return makeCards(visit, site, people, out, { ...options, record });
}

import { inGroups } from "#admin/cards/codes.ts";
import { lettersFile, MERGE_COLUMNS, MERGE_FILE, ROLL_FILE } from "#admin/cards/file-names.ts";
import { type LettersFile, openLettersFile } from "#admin/cards/letters-file.ts";
import type { Office } from "#admin/cards/office.ts";
import type { Output } from "#admin/cards/output.ts";
import { readPeople } from "#admin/cards/people.ts";
import { describeBadRows } from "#admin/roll/bad-rows.ts";
import type { OnProgress } from "#admin/shared/progress.ts";
import { LANGUAGES, type Language } from "#core/language.ts";
import { Refusal } from "#core/refusal.ts";
import { BYTE_ORDER_MARK, csvRow } from "#published/csv.ts";
import { REGION_COLUMN } from "#spreadsheet/roll.ts";
import type { BadRow } from "#spreadsheet/sheet.ts";
import type { SheetSource } from "#spreadsheet/source.ts";

/** Makes the letters that bring voters their codes, on this machine or in a browser; nothing of them goes anywhere else. */

export type WrittenCards = Readonly<{
  letters: number;
  byLanguage: Readonly<Record<Language, number>>;
  files: readonly string[];
  /** A ballot's address, as on the first letter. */
  url: string;
}>;

/** Letters in one PDF. */
const LETTERS_PER_FILE = 500;
const ROWS_TOLD = 20;
const ROWS_PER_WRITE = 500;

/** Checks everybody. Throws Refusal when a row is bad. Answers how many there are. */
export async function checkPeople(
  { definition, codes, paper }: Office,
  source: SheetSource,
  expected: number,
  onProgress?: OnProgress,
): Promise<number> {
  let letters = 0;
  const bad: BadRow[] = [];
  for await (const person of readPeople(source, definition, codes, paper)) {
    letters++;
    if ("problem" in person) bad.push(person);
    onProgress?.({ step: "checking", done: letters, total: Math.max(letters, expected) });
  }
  if (bad.length > 0) {
    const told = describeBadRows(bad.length, bad.slice(0, ROWS_TOLD));
    const french = bad.slice(0, ROWS_TOLD).map(({ line, problem }) => `  ligne ${line}\u00a0: ${problem.fr}`);
    throw new Refusal(
      `${source.name}: no letter was made, for ${told}`,
      [`${source.name}\u00a0: aucune lettre n’a été faite, car ${bad.length} lignes sont fautives.`, ...french].join(
        "\n",
      ),
    );
  }
  if (letters === 0)
    throw new Refusal(
      `${source.name}: there is nobody in this file.`,
      `${source.name}\u00a0: il n’y a personne dans ce fichier.`,
    );
  return letters;
}

/** The letters of one language, in files of so many. */
export function lettersIn(language: Language, output: Output, { layouts }: Office, perFile: number) {
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
        current = openLettersFile(await output.open(name), layouts[language], language);
        inFile = 0;
      }
      inFile++;
      await current.add(letter);
    },
    close: async (): Promise<void> => current?.close(),
    destroy: (): void => current?.destroy(),
  };
}

/** Writes everything: the letters, the roll to be imported, and the mail merge. */
export async function writeCards(
  office: Office,
  source: SheetSource,
  output: Output,
  total: number,
  { perFile = LETTERS_PER_FILE, onProgress }: Readonly<{ perFile?: number; onProgress?: OnProgress | undefined }> = {},
): Promise<WrittenCards> {
  const { definition, codes, paper } = office;
  const letters = { fr: lettersIn("fr", output, office, perFile), en: lettersIn("en", output, office, perFile) };
  const roll = await output.open(ROLL_FILE);
  const merge = await output.open(MERGE_FILE);
  const byLanguage = { fr: 0, en: 0 };
  const rows: string[] = [];
  const merged: string[] = [];
  const flush = async (): Promise<void> => {
    await roll.write(rows.splice(0).join(""));
    await merge.write(merged.splice(0).join(""));
  };
  let number = 0;
  let url = "";
  try {
    await roll.write(csvRow([...codes.identity.map(({ name }) => name), codes.field.name, REGION_COLUMN]));
    await merge.write(BYTE_ORDER_MARK + csvRow(MERGE_COLUMNS));
    for await (const person of readPeople(source, definition, codes, paper)) {
      if ("problem" in person) {
        throw new Refusal(
          `${source.name}: the file changed while it was read: begin again.`,
          `${source.name}\u00a0: le fichier a changé pendant sa lecture\u00a0: recommencez.`,
        );
      }
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

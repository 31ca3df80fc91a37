import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { extractText } from "unpdf";
import { ward } from "#load/rehearsal/contests/ward.ts";
import type { Diary } from "#load/rehearsal/diary.ts";
import { found, type Scrutin } from "#load/rehearsal/officer.ts";
import type { Person } from "#load/rehearsal/town.ts";

/** Letters for three people of the wards, and what is printed on one of them. */

const CODE = /[A-Z2-9]{4} [A-Z2-9]{4} [A-Z2-9]{3}/;

/** The code that a letter shows its reader, as it is printed. */
async function printedCode(file: string): Promise<string | undefined> {
  const { text } = await extractText(new Uint8Array(await readFile(file)), { mergePages: true });
  return found(text, CODE);
}

/** Makes and imports letters. Returns the first person, with the code as the letter shows it. */
export async function mailLetters(
  { folder, diary, scrutin }: Readonly<{ folder: string; diary: Diary; scrutin: Scrutin }>,
  [one, two, three]: readonly Person[],
): Promise<Person> {
  if (one === undefined || two === undefined || three === undefined) throw new Error("the town is too small");
  const rows = [
    `Zoë Müller,12 Main Street,Regina,${one.nas},east,en`,
    `Luc Roy,8 rue de l’Église,Québec,${two.nas},east,fr`,
    `Léa Roy,8 rue de l’Église,Québec,${three.nas},west,fr`,
  ];
  await writeFile(join(folder, "people.csv"), `name,address_1,address_2,nas,region_id,language\n${rows.join("\n")}\n`);
  const made = await scrutin(["cards", "--election", ward.electionId, "--voters", "people.csv", "--out", "letters"]);
  diary.must("letters", "3", found(made, /wrote (\d+) letters/));
  diary.must("in French", "2", found(made, /(\d+) in French/));
  const imported = await scrutin(["roll", "import", "letters/roll.csv", "--election", ward.electionId]);
  diary.must("imported", "3", found(imported, /imported (\d+)/));
  // The others on the roll have had theirs from another printer.
  const checked = await scrutin(["cards", "check", "letters", "--election", ward.electionId], { exitCode: 1 });
  diary.must("letters read again", "3", found(checked, /(\d+) letters/));
  diary.must("without a letter here, east", "38 of 40", found(checked, /region east: (\d+ of \d+) voters/));
  diary.must("without a letter here, west", "29 of 30", found(checked, /region west: (\d+ of \d+) voters/));
  const code = await printedCode(join(folder, "letters", "letters-en-001.pdf"));
  const merged = await readFile(join(folder, "letters", "mail-merge.csv"), "utf8");
  diary.must("the code is in the mail merge too", code, found(merged, CODE));
  return { nas: one.nas, code: code ?? "" };
}

import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { basename, join } from "node:path";
import "#admin/cards/font-files.ts";
import { writeWholeFolder } from "#admin/cards/folder.ts";
import { openOffice } from "#admin/cards/office.ts";
import type { Output } from "#admin/cards/output.ts";
import type { PaperName } from "#admin/cards/paper.ts";
import { refuseClosed, type Visit } from "#admin/cards/visit.ts";
import { checkPeople, type WrittenCards, writeCards } from "#admin/cards/write.ts";
import type { Connection } from "#admin/connection/connection.ts";
import { recordStateChange } from "#admin/elections/state-changes.ts";
import { describeAct } from "#admin/shared/act.ts";
import { grouped } from "#admin/shared/grouped.ts";
import type { OnProgress } from "#admin/shared/progress.ts";
import { fileSource, fileState } from "#admin/spreadsheet/sheet.ts";
import { EnglishRefusal } from "#core/english-refusal.ts";
import type { RecordedAct } from "#core/recorded-words.ts";
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

export type CardsSummary = WrittenCards &
  Readonly<{
    envelope: string;
    /** SHA-256 of the file of people, in hexadecimal. */
    sha256: string;
  }>;

const MOST_LETTERS_PER_FILE = 5000;

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

/** Into a folder; files that were left open are closed. */
async function writeInto<T>(folder: string, write: (output: Output) => Promise<T>): Promise<T> {
  const files: FileHandle[] = [];
  const output: Output = {
    async open(name) {
      const file = await open(join(folder, name), "wx", 0o600);
      files.push(file);
      return { write: (piece) => file.writeFile(piece), close: () => file.close() };
    },
  };
  try {
    return await write(output);
  } finally {
    // Closing twice does no harm.
    for (const file of files) await file.close();
  }
}

/** Throws Refusal when this is no address of a site. */
function siteOf(address: string): string {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url !== undefined && /^https?:$/.test(url.protocol)) return url.href.replace(/\/+$/, "");
  throw new EnglishRefusal(`${address}: this is no address where people vote, such as https://vote.example.ca.`);
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
  { paper = "letter", lettersPerFile, onProgress, record, atMs = Date.now() }: CardsOptions = {},
): Promise<CardsSummary> {
  if (lettersPerFile !== undefined && (lettersPerFile < 1 || lettersPerFile > MOST_LETTERS_PER_FILE)) {
    throw new EnglishRefusal(`A PDF holds from 1 to ${grouped(MOST_LETTERS_PER_FILE)} letters.`);
  }
  refuseClosed(visit, atMs);
  const { sha256, rows } = await readThrough(people);
  const office = openOffice(visit, siteOf(site), paper);
  const source = await fileSource(people);
  const total = await checkPeople(office, source, rows, onProgress);
  return writeWholeFolder(out, async (folder) => {
    const written = await writeInto(folder, (output) =>
      writeCards(office, source, output, total, { ...(lettersPerFile && { perFile: lettersPerFile }), onProgress }),
    );
    if ((await readThrough(people)).sha256 !== sha256) {
      throw new EnglishRefusal(`${basename(people)}: the file changed while it was read: begin again.`);
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
    const isPaper = visit.questions.length > 1;
    const done: RecordedAct = isPaper ? `letters made to paper ${visit.path.at(-1)}` : "letters made";
    const what = describeAct(done, letters, { name: basename(people), sha256 }, reason);
    for (const { electionId } of visit.questions) {
      await recordStateChange(connection, electionId, stateChange(what, { who, atMs }));
    }
  };
  return makeCards(visit, site, people, out, { ...options, record });
}

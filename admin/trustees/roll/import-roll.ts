import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { basename } from "node:path";
import { linesOf } from "#admin/certification/bundle-files.ts";
import type { Connection } from "#admin/connection/connection.ts";
import { requireElection } from "#admin/elections/registered.ts";
import { type ImportSummary, importRoll } from "#admin/roll/import.ts";
import type { ImportOptions } from "#admin/roll/import-check.ts";
import { importJournal } from "#admin/roll/import-journal.ts";
import type { GoodRow } from "#admin/roll/rows.ts";
import type { FilePlace, RollBlock, RollSource } from "#admin/roll/source.ts";
import { type FileState, fileState } from "#admin/spreadsheet/sheet.ts";
import { readLine, readRollFile } from "#admin/trustees/roll/roll-file.ts";
import { openRollFolder, readSignedRoll, requireSigned } from "#admin/trustees/roll/signed-roll.ts";
import { canonicalJson } from "#core/canonical-json.ts";
import { isTrustees } from "#core/contest.ts";
import { EnglishRefusal } from "#core/english-refusal.ts";
import type { SignedRoll } from "#core/trustees/roll/shape.ts";
import type { AdministeredElection } from "#storage/registered-elections.ts";

/** Puts the roll that registrar and trustees signed on the roll of its election: voter keys stand where hashes of voters stand. */

const ROWS_PER_BLOCK = 1_000;
const SHOWN = 8;

type KeyBlock = Omit<RollBlock, "rows"> & Readonly<{ rows: readonly GoodRow[] }>;

async function* blocksOf(file: string, from: FilePlace = { bytes: 0, lines: 0 }): AsyncGenerator<KeyBlock> {
  let rows: GoodRow[] = [];
  let [line, bytes] = [0, 0];
  for await (const text of linesOf(file)) {
    line++;
    bytes += text.length + 1;
    if (line <= from.lines) continue;
    const { regionId, voterKey } = readLine(text);
    rows.push({ line, hash: voterKey, identity: voterKey, regionId });
    if (rows.length < ROWS_PER_BLOCK) continue;
    yield { rows, end: { bytes, lines: line }, threads: 1 };
    rows = [];
  }
  if (rows.length > 0) yield { rows, end: { bytes, lines: line }, threads: 1 };
}

async function firstOf(file: string, most: number) {
  for await (const { rows } of blocksOf(file)) {
    return rows
      .slice(0, most)
      .map(({ line, hash, regionId }) => ({ line, shown: `${hash.slice(0, SHOWN)}…`, regionId }));
  }
  return [];
}

async function sha256Of(file: string): Promise<string> {
  const digest = createHash("sha256");
  for await (const chunk of createReadStream(file)) digest.update(chunk);
  return digest.digest("hex");
}

/** A file that was read through and found to be the roll that was signed. */
function keyRoll(file: string, state: FileState, signed: SignedRoll): RollSource {
  const digest = sha256Of(file);
  // Whoever needs it is told.
  digest.catch(() => {});
  return {
    ...{ signed, name: basename(file), bytes: state.bytes, sha256: () => digest },
    open: async (_, most) => ({ first: await firstOf(file, most), blocks: (__, from) => blocksOf(file, from) }),
    journal: (election, options) => importJournal(file, election, state, options),
    async requireUnchanged() {
      const now = await fileState(file);
      if (now.bytes === state.bytes && now.modifiedMs === state.modifiedMs) return;
      throw new EnglishRefusal(`${file}: the file changed while it was being imported: import it again.`);
    },
  };
}

/** Throws Refusal unless this is the ceremony with which the election is registered. */
function requireOwn(
  path: string,
  { definition, ceremony: own, signedRoll }: AdministeredElection,
  signed: SignedRoll,
): void {
  const { electionId } = definition;
  if (signedRoll !== undefined && canonicalJson(signedRoll.statement) !== canonicalJson(signed.statement)) {
    throw new EnglishRefusal(
      `Election ${electionId} has another signed roll, and a roll that was signed never changes. Its root is ${signedRoll.statement.rollRoot}, that of ${path} is ${signed.statement.rollRoot}. An election whose opening is not stated can be deleted and registered again with another ceremony.`,
    );
  }
  if (own === undefined) throw new Error(`election ${electionId} has no ceremony`);
}

/** Imports a signed roll, whole or not at all, or resumes such an import that was killed. Throws Refusal, having written nothing, when anything does not fit. */
export async function importSignedRoll(
  connection: Connection,
  electionId: string,
  file: string,
  path: string,
  options: ImportOptions = {},
): Promise<ImportSummary> {
  const election = await requireElection(connection, electionId, "apply its definition first");
  if (!isTrustees(election.definition)) {
    throw new EnglishRefusal(
      `Election ${electionId} has no trustees, so its roll is a CSV file of voters: scrutin roll import FILE --election ${electionId}.`,
    );
  }
  const opened = await openRollFolder(path);
  if (canonicalJson(opened.ceremony) !== canonicalJson(election.ceremony)) {
    throw new EnglishRefusal(
      `${path}: this is not the ceremony with which election ${electionId} is registered. Give the folder that scrutin election apply was given.`,
    );
  }
  const signed = await readSignedRoll(opened);
  requireOwn(path, election, signed);
  const state = await fileState(file);
  requireSigned(file, await readRollFile(file, election.definition, options.onProgress), signed.statement);
  return importRoll(connection, electionId, keyRoll(file, state, signed), options);
}

import { basename } from "node:path";
import type { Connection } from "#admin/connection/connection.ts";
import { stateRoll } from "#admin/elections/opening.ts";
import { requireElection, requireStored } from "#admin/elections/registered.ts";
import { describeBadRows } from "#admin/roll/bad-rows.ts";
import { storeRollCounts } from "#admin/roll/counts.ts";
import { type MaskedRow, readRollFile, readRollStart } from "#admin/roll/file.ts";
import { type ImportCounts, type ImportPosition, importJournal } from "#admin/roll/import-journal.ts";
import { markBegun, markNameOf, marksOf, refuseOthers } from "#admin/roll/import-marks.ts";
import { type NamedVoters, namedVoters } from "#admin/roll/named-voters.ts";
import { noCounts, passThrough } from "#admin/roll/pass.ts";
import type { BadRow, RollRules } from "#admin/roll/rows.ts";
import { readEntries, writeEntries } from "#admin/roll/table.ts";
import type { OnProgress } from "#admin/shared/progress.ts";
import { type FileState, fileState } from "#admin/spreadsheet/sheet.ts";
import { phaseAt } from "#core/contest.ts";
import { Refusal } from "#core/refusal.ts";
import { isOnRoll } from "#core/strike.ts";
import type { AdministeredElection, Stored } from "#storage/election-register.ts";
import { readPepper } from "#storage/election-secrets.ts";
import { readRoll } from "#storage/roll-scan.ts";

/**
 * Puts a file of voters on an election's roll. The file is read twice: first every row is checked against the election and
 * the present roll, then the missing voters are written. An import can be repeated, run during voting, and resumed.
 */

/** How fast rows went by. */
export type Pace = Readonly<{ rows: number; seconds: number; threads: number }>;

/** What is known before anything is written. */
export type ImportPlan = Readonly<{
  /** Rows of the file. */
  totalRows: number;
  /** Rows that name a voter whom an earlier row names; the first lines of them. */
  repeated: number;
  repeatedLines: readonly number[];
  /** Rows whose code was struck off since, and which change nothing; the first lines of them. */
  struck: number;
  struckLines: readonly number[];
  /** Rows that will be left out; the first of them. */
  bad: number;
  badRows: readonly BadRow[];
  /** The first good rows, masked, at most ROWS_SHOWN. */
  first: readonly MaskedRow[];
  /** Undefined when an import resumes: its rows were checked before. */
  checking?: Pace;
  /** Everything before this line was imported earlier. */
  resumedAtLine?: number;
}>;

export type ImportOptions = Readonly<{
  /** Import the good rows although others are bad. */
  skipBad?: boolean;
  onProgress?: OnProgress;
  /** Called before anything is written. */
  onPlan?: (plan: ImportPlan) => void;
  /** Who is recorded as having imported. */
  who?: string;
  /** What is recorded, once it is known how many voters were put on the roll; an import records the roll that it leaves. */
  record?: (imported: number) => string;
  /** When it begins. */
  atMs?: number;
  /** How often progress is recorded for a resumption. */
  journalEveryMs?: number;
}>;

export type ImportSummary = Readonly<{
  /** Voters put on the roll. */
  imported: number;
  /** Rows whose voter was on the roll before, or is named by an earlier row. */
  alreadyThere: number;
  repeated: number;
  repeatedLines: readonly number[];
  /** Rows whose code was struck off since, and which change nothing; the first lines of them. */
  struck: number;
  struckLines: readonly number[];
  /** Rows left out; the first of them in the order of lines. */
  bad: number;
  badRows: readonly BadRow[];
  /** Voters now on the roll, by region. */
  rollCounts: Readonly<Record<string, number>>;
  importing: Pace;
  /** SHA-256 of the change that was signed, in hexadecimal; to be published. */
  newest?: string | undefined;
}>;

const ROWS_SHOWN = 5;
const JOURNAL_EVERY_MS = 1_000;

/** One import: a file in one state, into one election. */
type Import = Readonly<{
  connection: Connection;
  election: AdministeredElection;
  /** What the roll is marked on the condition of: that nobody has imported into it since. */
  stored: Stored;
  pepper: Uint8Array;
  file: string;
  state: FileState;
  markName: string;
  rules: RollRules;
  first: readonly MaskedRow[];
  skipBad: boolean;
  onProgress: OnProgress | undefined;
}>;

async function prepare(
  connection: Connection,
  electionId: string,
  file: string,
  { skipBad = false, onProgress, atMs = Date.now() }: ImportOptions,
): Promise<Import> {
  const stored = await requireStored(connection, electionId);
  const { election } = stored;
  const { definition } = election;
  if (phaseAt(definition, atMs) === "closed") {
    const killed =
      election.rollImports.length > 0 ? ` An import was killed: run scrutin roll state ${electionId}.` : "";
    throw new Refusal(`Voting in election ${electionId} has closed: nobody can be put on its roll any more.${killed}`);
  }
  const pepper = await readPepper(connection, electionId);
  if (pepper === undefined) throw new Refusal(`The pepper of election ${electionId} was destroyed: its roll is final.`);
  const state = await fileState(file);
  const markName = await markNameOf(file, state, pepper);
  refuseOthers(election, markName);
  const { rules, first } = await readRollStart(file, definition, ROWS_SHOWN);
  return { connection, election, stored, pepper, file, state, markName, rules, first, skipBad, onProgress };
}

/** Refuses a file that changed after its rows were checked. */
async function requireUnchanged({ file, state }: Import): Promise<void> {
  const now = await fileState(file);
  if (now.bytes === state.bytes && now.modifiedMs === state.modifiedMs) return;
  throw new Refusal(`${basename(file)}: the file changed while it was being imported: import it again.`);
}

/** Refuses to write on after closing; the closing may have moved since the import began. */
async function requireNotClosed(
  connection: Connection,
  { definition }: AdministeredElection,
  atMs: number,
): Promise<void> {
  if (phaseAt(definition, atMs) !== "closed") return;
  const { electionId } = definition;
  const { definition: present } = await requireElection(connection, electionId, "apply its definition first");
  if (phaseAt(present, atMs) !== "closed") return;
  throw new Refusal(
    `Voting in election ${electionId} closed during this import, and nobody more is put on its roll. Sign who was: scrutin roll state ${electionId}.`,
  );
}

const secondsSince = (startedMs: number): number => (performance.now() - startedMs) / 1000;

/** Everybody on the roll, which a first import need not read. */
async function readNamed({ connection, election }: Import): Promise<NamedVoters> {
  const named = namedVoters();
  if (!isBegun(election)) return named;
  await readRoll(connection, election.definition.electionId, async (entries) => {
    for (const entry of entries) {
      const { hash, identity, regionId } = entry;
      // One of an earlier version does not say who it is.
      if (identity !== undefined && isOnRoll(entry)) named.note({ hash, identity, regionId }, "roll");
    }
  });
  return named;
}

/** Whether somebody may be on the roll: reading an untouched one for each row would be eight million reads. */
const isBegun = ({ rollCounts }: AdministeredElection): boolean => Object.keys(rollCounts).length > 0;

/** Checks every row. Throws Refusal when one is bad and bad rows are not to be skipped. */
async function check(work: Import, named: NamedVoters): Promise<ImportPlan> {
  const { connection, election, file, state, rules, pepper, first, skipBad, onProgress } = work;
  const startedMs = performance.now();
  const counts = noCounts();
  let threads = 1;
  async function* blocks() {
    for await (const block of readRollFile(file, rules, pepper)) {
      threads = block.threads;
      yield block;
    }
  }
  await passThrough(blocks(), counts, {
    ...(isBegun(election) && { entriesOf: (hashes) => readEntries(connection, hashes) }),
    named,
    countsRepeated: true,
    onBlock({ rows }, end) {
      const total = Math.max(rows, Math.round((rows * state.bytes) / Math.max(1, end.bytes)));
      onProgress?.({ step: "checking", done: rows, total });
    },
  });
  await requireUnchanged(work);
  const { rows, repeated, repeatedLines, struck, struckLines, bad, badRows } = counts;
  if (bad > 0 && !skipBad) {
    throw new Refusal(`${basename(file)}: nothing was imported, for ${describeBadRows(bad, badRows)}`);
  }
  const checking = { rows, seconds: secondsSince(startedMs), threads };
  return { totalRows: rows, repeated, repeatedLines, struck, struckLines, bad, badRows, first, checking };
}

/** Checks a roll as an import would, and writes nothing. Throws Refusal as importRoll does. */
export async function checkRoll(
  connection: Connection,
  electionId: string,
  file: string,
  options: ImportOptions = {},
): Promise<ImportPlan> {
  const work = await prepare(connection, electionId, file, options);
  return check(work, await readNamed(work));
}

/**
 * Imports a roll before or during voting, or resumes a killed import of the same file. Throws Refusal, having written
 * nothing, when a row is bad and `skipBad` is not set; no message repeats a credential.
 */
export async function importRoll(
  connection: Connection,
  electionId: string,
  file: string,
  options: ImportOptions = {},
): Promise<ImportSummary> {
  const work = await prepare(connection, electionId, file, options);
  const { election, stored, state, markName, rules, pepper, first, skipBad, onProgress } = work;
  const { journalEveryMs: everyMs = JOURNAL_EVERY_MS, onPlan, who = "roll import", atMs = Date.now() } = options;
  const begunMs = performance.now();
  const now = (): number => atMs + (performance.now() - begunMs);
  const journal = importJournal(file, election, state, { skipBad, everyMs });
  const earlier: ImportPosition | undefined = await journal.read();
  const named = await readNamed(work);
  const plan: ImportPlan =
    earlier === undefined
      ? await check(work, named)
      : {
          ...{ totalRows: earlier.totalRows, first, resumedAtLine: earlier.place.lines + 1 },
          ...{ repeated: earlier.counts.repeated, repeatedLines: earlier.counts.repeatedLines },
          ...{ struck: earlier.counts.struck, struckLines: earlier.counts.struckLines },
          ...{ bad: earlier.counts.bad, badRows: earlier.counts.badRows },
        };
  onPlan?.(plan);
  await markBegun(connection, stored, { name: markName, who, atMs });

  // The check knows who is named twice; writing would find them on the roll.
  const { repeated, repeatedLines, struck, struckLines } = plan;
  const counts: ImportCounts = earlier?.counts ?? {
    ...noCounts(),
    ...{ repeated, repeatedLines: [...repeatedLines], struck, struckLines: [...struckLines] },
  };
  const from = counts.rows;
  const startedMs = performance.now();
  let threads = 1;
  async function* blocks() {
    for await (const block of readRollFile(file, rules, pepper, earlier?.place)) {
      threads = block.threads;
      yield block;
    }
  }
  await passThrough(blocks(), counts, {
    entriesOf: (hashes) => readEntries(connection, hashes),
    named,
    countsRepeated: false,
    async write(missing) {
      await requireNotClosed(connection, election, now());
      await writeEntries(connection, electionId, missing);
    },
    async onBlock(soFar, place) {
      await journal.note({ totalRows: plan.totalRows, place, counts: soFar });
      onProgress?.({ step: "importing", done: soFar.rows, total: Math.max(soFar.rows, plan.totalRows), from });
    },
  });
  const importing = { rows: counts.rows - from, seconds: secondsSince(startedMs), threads };
  await requireUnchanged(work);
  const expected = counts.imported + counts.present;
  const rollCounts = await storeRollCounts(connection, election.definition, { expected, onProgress });
  const what = options.record?.(counts.imported);
  const { outcome, newest } = await stateRoll(connection, electionId, marksOf(markName), {
    ...{ who, atMs: now() },
    ...(what !== undefined && { what }),
  });
  await journal.clear();
  const { imported, present, bad, badRows } = counts;
  return {
    imported,
    alreadyThere: present,
    repeated,
    repeatedLines,
    struck,
    struckLines,
    bad,
    badRows,
    rollCounts,
    importing,
    ...(outcome === "roll-changed" && { newest }),
  };
}

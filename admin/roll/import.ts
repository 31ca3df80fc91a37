import type { Connection } from "#admin/connection/connection.ts";
import { refuseCancelled } from "#admin/elections/cancelled.ts";
import { stateRoll } from "#admin/elections/opening.ts";
import { requireElection, requireStored } from "#admin/elections/registered.ts";
import { storeRollCounts } from "#admin/roll/counts.ts";
import { rollFile } from "#admin/roll/file.ts";
import {
  check,
  type Import,
  type ImportOptions,
  type ImportPlan,
  type Pace,
  prepare,
  readNamed,
  secondsSince,
} from "#admin/roll/import-check.ts";
import type { ImportCounts, ImportJournal, ImportPosition } from "#admin/roll/import-journal.ts";
import { markBegun, marksOf } from "#admin/roll/import-marks.ts";
import type { NamedVoters } from "#admin/roll/named-voters.ts";
import { noCounts, passThrough } from "#admin/roll/pass.ts";
import { storeSignedRoll } from "#admin/roll/signed-roll.ts";
import type { RollSource } from "#admin/roll/source.ts";
import { readEntries, writeEntries } from "#admin/roll/table.ts";
import { describeAct } from "#admin/shared/act.ts";
import { phaseAt } from "#core/contest.ts";
import type { Recorded } from "#core/recorded-words.ts";
import { Refusal } from "#core/refusal.ts";
import type { BadRow } from "#spreadsheet/sheet.ts";
import type { AdministeredElection } from "#storage/registered-elections.ts";

/**
 * Puts a file of voters on an election's roll, or on those of several. The file is read twice: first every row is checked against the
 * elections and their present rolls, then the missing voters are written. An import can be repeated, run during voting, and resumed.
 */

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

const JOURNAL_EVERY_MS = 1_000;

/** Refuses to write on after closing; the closing may have moved since the import began. */
async function requireNotClosed(
  connection: Connection,
  { definition }: AdministeredElection,
  atMs: number,
): Promise<void> {
  if (phaseAt(definition, atMs) !== "closed") return;
  const { electionId } = definition;
  const { definition: present } = await requireElection(connection, electionId, "apply its definition first");
  refuseCancelled(present);
  if (phaseAt(present, atMs) !== "closed") return;
  throw new Refusal(
    `Voting in election ${electionId} closed during this import, and nobody more is put on its roll. Sign who was: in the console's room Roll, or by scrutin roll state ${electionId}.`,
    `Le vote de l’élection ${electionId} s’est terminé pendant cette importation, et plus personne n’est inscrit sur sa liste. Signez-la telle qu’elle est, dans la rubrique Liste électorale.`,
  );
}

/** An import whose rows were checked, now or before it was killed. */
type Checked = Readonly<{
  work: Import;
  journal: ImportJournal;
  earlier: ImportPosition | undefined;
  plan: ImportPlan;
}>;

/** Throws Refusal when a row is bad and bad rows are not to be skipped. */
export async function checked(work: Import, named: NamedVoters, options: ImportOptions): Promise<Checked> {
  const { journalEveryMs: everyMs = JOURNAL_EVERY_MS } = options;
  const { election, source, opened, skipBad } = work;
  const { first } = opened;
  const journal = source.journal(election, { skipBad, everyMs });
  const earlier = await journal.read();
  if (earlier === undefined) return { work, journal, earlier, plan: await check(work, named) };
  const { totalRows, place, counts } = earlier;
  const { repeated, repeatedLines, struck, struckLines, bad, badRows } = counts;
  const found = { repeated, repeatedLines, struck, struckLines, bad, badRows };
  return { work, journal, earlier, plan: { totalRows, first, resumedAtLine: place.lines + 1, ...found } };
}

/** For the record; undefined where nobody was put on the roll. */
async function describeImported(source: RollSource, people: number, reason?: string): Promise<Recorded | undefined> {
  if (people === 0) return undefined;
  return describeAct("roll import", people, { name: source.name, sha256: await source.sha256() }, reason);
}

/** Given up for now, to be resumed. */
export class ImportPaused extends Error {
  override readonly name = "ImportPaused";
  readonly rows: number;
  readonly total: number;

  constructor(rows: number, total: number) {
    super(`${rows} of ${total} rows are done`);
    this.rows = rows;
    this.total = total;
  }
}

/** Refused when some of its people may be on the roll already. */
export class PartlyImported extends Refusal {}

/** Writes what was checked. Throws PartlyImported for what is refused once writing has begun. */
export async function enter(
  found: Checked,
  named: NamedVoters,
  { who = "roll import", atMs = Date.now(), ...options }: ImportOptions,
): Promise<ImportSummary> {
  const { connection, election, stored, markName } = found.work;
  // It may have been cancelled since it was checked.
  await requireStored(connection, election.definition.electionId);
  const { signed } = found.work.source;
  if (signed !== undefined) await storeSignedRoll(connection, stored, signed);
  await markBegun(connection, stored, { name: markName, who, atMs });
  try {
    return await write(found, named, { ...options, who, atMs });
  } catch (error) {
    throw error instanceof Refusal ? new PartlyImported(error.message, error.in("fr")) : error;
  }
}

async function write(
  { work, journal, earlier, plan }: Checked,
  named: NamedVoters,
  options: ImportOptions & Readonly<{ who: string; atMs: number }>,
): Promise<ImportSummary> {
  const { connection, election, source, markName, opened, pepper, onProgress } = work;
  const { electionId } = election.definition;
  const { who, atMs } = options;
  const begunMs = performance.now();
  const now = (): number => atMs + (performance.now() - begunMs);

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
    for await (const block of opened.blocks(pepper, earlier?.place)) {
      threads = block.threads;
      yield block;
    }
  }
  await passThrough(blocks(), counts, {
    entriesOf: (hashes) => readEntries(connection, hashes),
    named,
    isByClaim: election.definition.identity !== undefined,
    ...(work.told !== undefined && { told: work.told }),
    countsRepeated: false,
    async write(missing) {
      await requireNotClosed(connection, election, now());
      await writeEntries(connection, electionId, missing);
    },
    async onBlock(soFar, place) {
      await journal.note({ totalRows: plan.totalRows, place, counts: soFar });
      onProgress?.({ step: "importing", done: soFar.rows, total: Math.max(soFar.rows, plan.totalRows), from });
      if (soFar.rows < plan.totalRows && options.mustPause?.()) throw new ImportPaused(soFar.rows, plan.totalRows);
    },
  });
  const importing = { rows: counts.rows - from, seconds: secondsSince(startedMs), threads };
  await source.requireUnchanged();
  const expected = counts.imported + counts.present;
  const rollCounts = await storeRollCounts(connection, election.definition, { expected, onProgress });
  const what = options.record?.(counts.imported) ?? (await describeImported(source, counts.imported, options.reason));
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

/** The path of a file, or rows from elsewhere. */
export type RollGiven = string | RollSource;

export const rollGiven = async (roll: RollGiven): Promise<RollSource> =>
  typeof roll === "string" ? rollFile(roll) : roll;

/**
 * Imports a roll before or during voting, or resumes a killed import of the same file. Throws Refusal, having written
 * nothing, when a row is bad and `skipBad` is not set; no message repeats a credential.
 */
export async function importRoll(
  connection: Connection,
  electionId: string,
  roll: RollGiven,
  options: ImportOptions = {},
): Promise<ImportSummary> {
  const work = await prepare(connection, electionId, await rollGiven(roll), options);
  const named = await readNamed(work);
  const found = await checked(work, named, options);
  options.onPlan?.(found.plan, electionId);
  return enter(found, named, options);
}

/** Checks a roll as an import would, and writes nothing. Throws Refusal as importRoll does. */
export async function checkRoll(
  connection: Connection,
  electionId: string,
  roll: RollGiven,
  options: ImportOptions = {},
): Promise<ImportPlan> {
  const work = await prepare(connection, electionId, await rollGiven(roll), options);
  return check(work, await readNamed(work));
}

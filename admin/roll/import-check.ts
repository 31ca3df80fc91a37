import type { Connection } from "#admin/connection/connection.ts";
import { requireStored } from "#admin/elections/registered.ts";
import { describeBadRows } from "#admin/roll/bad-rows.ts";
import { markNameOf, refuseOthers } from "#admin/roll/import-marks.ts";
import { type NamedVoters, namedVoters } from "#admin/roll/named-voters.ts";
import { noCounts, passThrough } from "#admin/roll/pass.ts";
import { refuseWhereSigned } from "#admin/roll/signed-only.ts";
import type { MaskedRow, OpenRoll, RollSource } from "#admin/roll/source.ts";
import { readEntries } from "#admin/roll/table.ts";
import type { OnProgress } from "#admin/shared/progress.ts";
import { phaseAt } from "#core/contest.ts";
import type { Recorded } from "#core/recorded-words.ts";
import { Refusal } from "#core/refusal.ts";
import { isOnRoll } from "#core/strike.ts";
import type { BadRow } from "#spreadsheet/sheet.ts";
import { readPepper } from "#storage/election-secrets.ts";
import type { AdministeredElection, Stored } from "#storage/registered-elections.ts";
import { readRoll } from "#storage/roll-scan.ts";

/** The first reading of a file of voters: every row is checked against the election and the present roll, and nothing is written. */

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
  onPlan?: (plan: ImportPlan, electionId: string) => void;
  /** Who is recorded as having imported. */
  who?: string;
  /** Why, for the record. */
  reason?: string;
  /** What is recorded instead, once it is known how many voters were put on the roll. */
  record?: (imported: number) => Recorded;
  /** How many bad rows are told. */
  told?: number;
  /** Asked after each block that was written: the import is then given up, to be resumed, with ImportPaused. */
  mustPause?: () => boolean;
  /** When it begins. */
  atMs?: number;
  /** How often progress is recorded for a resumption. */
  journalEveryMs?: number;
}>;

const ROWS_SHOWN = 5;

export const pepperDestroyed = (electionId: string): Refusal =>
  new Refusal(
    `The pepper of election ${electionId} was destroyed: its roll is final.`,
    `Le poivre de l’élection ${electionId} a été détruit\u00a0: sa liste est définitive.`,
  );

/** One import: a file in one state, into one election. */
export type Import = Readonly<{
  connection: Connection;
  election: AdministeredElection;
  /** What the roll is marked on the condition of: that nobody has imported into it since. */
  stored: Stored;
  pepper: Uint8Array;
  source: RollSource;
  markName: string;
  opened: OpenRoll;
  skipBad: boolean;
  told: number | undefined;
  onProgress: OnProgress | undefined;
}>;

/** Throws Refusal when nobody can be put on the roll, or this is no roll. */
export async function prepare(
  connection: Connection,
  electionId: string,
  source: RollSource,
  { skipBad = false, told, onProgress, atMs = Date.now() }: ImportOptions,
): Promise<Import> {
  const stored = await requireStored(connection, electionId);
  const { election } = stored;
  const { definition } = election;
  if (phaseAt(definition, atMs) === "closed") {
    const killed =
      election.rollImports.length === 0
        ? { en: "", fr: "" }
        : {
            en: ` An import was killed: sign the roll as it is, in the console's room Roll or by scrutin roll state ${electionId}.`,
            fr: " Une importation a été interrompue\u00a0: signez la liste telle qu’elle est, dans la rubrique Liste électorale.",
          };
    throw new Refusal(
      `Voting in election ${electionId} has closed: nobody can be put on its roll any more.${killed.en}`,
      `Le vote de l’élection ${electionId} est terminé\u00a0: plus personne ne peut être inscrit sur sa liste.${killed.fr}`,
    );
  }
  if (source.signed === undefined) refuseWhereSigned(definition);
  // Voter keys are not hashed.
  const pepper = source.signed === undefined ? await readPepper(connection, electionId) : new Uint8Array();
  if (pepper === undefined) throw pepperDestroyed(electionId);
  const markName = await markNameOf(source, pepper);
  refuseOthers(election, markName);
  const opened = await source.open(definition, ROWS_SHOWN);
  return { connection, election, stored, pepper, source, markName, opened, skipBad, told, onProgress };
}

export const secondsSince = (startedMs: number): number => (performance.now() - startedMs) / 1000;

/** Everybody on the roll, which a first import need not read. */
export async function readNamed({ connection, election }: Import): Promise<NamedVoters> {
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
export async function check(work: Import, named: NamedVoters): Promise<ImportPlan> {
  const { connection, election, source, opened, pepper, skipBad, told, onProgress } = work;
  const { first } = opened;
  const startedMs = performance.now();
  const counts = noCounts();
  let threads = 1;
  async function* blocks() {
    for await (const block of opened.blocks(pepper)) {
      threads = block.threads;
      yield block;
    }
  }
  await passThrough(blocks(), counts, {
    ...(isBegun(election) && { entriesOf: (hashes) => readEntries(connection, hashes) }),
    named,
    isByClaim: election.definition.identity !== undefined,
    ...(told !== undefined && { told }),
    countsRepeated: true,
    onBlock({ rows }, end) {
      const total = Math.max(rows, Math.round((rows * source.bytes) / Math.max(1, end.bytes)));
      onProgress?.({ step: "checking", done: rows, total });
    },
  });
  await source.requireUnchanged();
  const { rows, repeated, repeatedLines, struck, struckLines, bad, badRows } = counts;
  if (bad > 0 && !skipBad) {
    throw new Refusal(
      `${source.name}: nothing was imported, for ${describeBadRows(bad, badRows)}`,
      `${source.name}\u00a0: rien n’a été importé, car ${bad === 1 ? "une ligne est fautive" : `${bad} lignes sont fautives`}.`,
    );
  }
  const checking = { rows, seconds: secondsSince(startedMs), threads };
  return { totalRows: rows, repeated, repeatedLines, struck, struckLines, bad, badRows, first, checking };
}

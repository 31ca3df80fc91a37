import { createHash } from "node:crypto";
import { readFile, rename, rm, writeFile } from "node:fs/promises";
import * as z from "zod";
import type { FileState } from "#admin/spreadsheet/sheet.ts";
import { rollFields } from "#core/credential.ts";
import type { AdministeredElection } from "#storage/registered-elections.ts";

/**
 * An import's progress, in a small file beside the roll, so that a killed import resumes where it stopped. It holds line
 * numbers and counts, no credential and no hash.
 */

const Whole = z.number().int().nonnegative();

export const ImportCounts = z.object({
  /** Rows gone through. */
  rows: Whole,
  /** Voters put on the roll. */
  imported: Whole,
  /** Rows whose voter was on the roll before, or is named by an earlier row. */
  present: Whole,
  /** Rows that name a voter whom an earlier row names in the same region; the first lines of them. */
  repeated: Whole,
  repeatedLines: z.array(Whole),
  /** Rows whose code was struck off; the first lines of them. */
  struck: Whole.default(0),
  struckLines: z.array(Whole).default([]),
  /** Rows left out; the first of them. */
  bad: Whole,
  badRows: z.array(z.object({ line: Whole, problem: z.object({ en: z.string(), fr: z.string() }) })),
});
export type ImportCounts = z.infer<typeof ImportCounts>;

const ImportPosition = z.object({
  /** Rows of the whole file. */
  totalRows: Whole,
  place: z.object({ bytes: Whole, lines: Whole }),
  counts: ImportCounts,
});
/** Everything before `place` is on the roll for good. */
export type ImportPosition = Readonly<z.infer<typeof ImportPosition>>;

const Journal = z.object({ fence: z.string(), position: ImportPosition });

/** @param fence of the position: with another it is none */
export function readPosition(text: string, fence: string): ImportPosition | undefined {
  try {
    const journal = Journal.parse(JSON.parse(text));
    return journal.fence === fence ? journal.position : undefined;
  } catch {
    // Torn or not ours: starting over is always right.
    return undefined;
  }
}

export const writePosition = (position: ImportPosition, fence: string): string =>
  JSON.stringify({ fence, position } satisfies z.infer<typeof Journal>);

/** An import resumes only with the same file, election key and rules for reading rows. */
function fenceOf({ definition, publicKey }: AdministeredElection, file: FileState, skipBad: boolean): string {
  const { electionId, regions } = definition;
  const identity = { electionId, publicKey, credentialFields: rollFields(definition), regions, file, skipBad };
  return createHash("sha256").update(JSON.stringify(identity)).digest("base64url");
}

export type ImportJournal = Readonly<{
  /** Where an earlier import of the same file stopped, if one did. */
  read(): Promise<ImportPosition | undefined>;
  /** Records a position, at most once per interval. */
  note(position: ImportPosition): Promise<void>;
  clear(): Promise<void>;
}>;

/** Of what cannot be resumed. */
export const noJournal: ImportJournal = {
  async read() {
    return undefined;
  },
  async note() {},
  async clear() {},
};

/** In a folder that cannot be written to, imports work but do not resume. */
export function importJournal(
  file: string,
  election: AdministeredElection,
  state: FileState,
  { skipBad, everyMs }: Readonly<{ skipBad: boolean; everyMs: number }>,
): ImportJournal {
  const path = `${file}.${election.definition.electionId}.import-journal`;
  const fence = fenceOf(election, state, skipBad);
  let notedMs = performance.now();
  return {
    async read() {
      const text = await readFile(path, "utf8").catch(() => undefined);
      return text === undefined ? undefined : readPosition(text, fence);
    },
    async note(position) {
      if (performance.now() - notedMs < everyMs) return;
      notedMs = performance.now();
      // Renamed into place: a kill leaves the old file or the new one.
      await writeFile(`${path}.new`, writePosition(position, fence), { mode: 0o600 })
        .then(() => rename(`${path}.new`, path))
        .catch(() => {});
    },
    async clear() {
      await Promise.all([path, `${path}.new`].map((name) => rm(name, { force: true }).catch(() => {})));
    },
  };
}

import type { ImportJournal } from "#admin/roll/import-journal.ts";
import type { CheckedRow } from "#admin/roll/rows.ts";
import type { ElectionDefinition } from "#core/election.ts";
import type { SignedRoll } from "#core/trustees/roll/shape.ts";
import type { AdministeredElection } from "#storage/registered-elections.ts";

/** Where the rows of an import come from: a file on this machine, or what the console sent of one. */

/** A place between two rows of a roll, in bytes of its text as UTF-8. */
export type FilePlace = Readonly<{ bytes: number; lines: number }>;

/** Checked rows, by lines of the file, and where they end. */
export type RollBlock = Readonly<{ rows: readonly CheckedRow[]; end: FilePlace; threads: number }>;

/** A row that may be shown: the last two characters of its first credential. */
export type MaskedRow = Readonly<{ line: number; shown: string; regionId: string }>;

export type RollSource = Readonly<{
  /** Who signed it: a roll of voter keys, where trustees hold the key of the ballots, and no other has it. */
  signed?: SignedRoll;
  /** Of the file, without folders. */
  name: string;
  bytes: number;
  /** Of the file, in hexadecimal. */
  sha256(): Promise<string>;
  /** Its first good rows, masked, at most `most`. Throws Refusal when it has not the columns that the election needs. */
  open(definition: ElectionDefinition, most: number): Promise<OpenRoll>;
  /** Tells where an import of it into this election stopped. */
  journal(election: AdministeredElection, options: Readonly<{ skipBad: boolean; everyMs: number }>): ImportJournal;
  /** Throws Refusal when it is another than at the beginning. */
  requireUnchanged(): Promise<void>;
}>;

export type OpenRoll = Readonly<{
  first: readonly MaskedRow[];
  /** Checked and hashed, from the start or from the end of an earlier block. */
  blocks(pepper: Uint8Array, from?: FilePlace): AsyncGenerator<RollBlock>;
}>;

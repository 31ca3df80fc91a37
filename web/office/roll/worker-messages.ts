import type { ElectionDefinition } from "#core/election.ts";
import type { Language } from "#core/language.ts";
import type { SentRow } from "#functions/office-roll/contract.ts";
import type { Headings, Mapping, SheetSummary } from "#web/office/roll/sheet-reading.ts";

/** What the page and the scripts beside it say to each other. Nothing of a file leaves them but what is asked for. */

export type AskedSheet =
  | Readonly<{ kind: "read"; file: File; definition: ElectionDefinition; mapping?: Mapping }>
  /** The next block; the first again after `rewind`. */
  | Readonly<{ kind: "rewind" | "block" }>
  /** All faults as a file of rows. */
  | Readonly<{ kind: "faults"; language: Language }>;

export type AskedCards = Readonly<{
  kind: "cards";
  file: File;
  path: readonly string[];
  questions: readonly ElectionDefinition[];
  site: string;
  paper: "letter" | "a4";
  atMs: number;
}>;

export type Progressing = Readonly<{ kind: "progress"; done: number; total: number }>;
export type Failing =
  | Readonly<{ kind: "refused"; en: string; fr: string }>
  /** Something that should not happen. */
  | Readonly<{ kind: "failed" }>;

export type ToldSheet =
  | Progressing
  | Failing
  | (Readonly<{ kind: "headings" }> & Headings)
  | (Readonly<{ kind: "read"; summary: SheetSummary }> & Headings)
  /** Undefined rows: there are no more. */
  | Readonly<{ kind: "block"; number: number; rows: readonly SentRow[] | undefined }>
  | Readonly<{ kind: "faults"; blob: Blob }>;

export type MadeCards = Readonly<{
  letters: number;
  byLanguage: Readonly<Record<Language, number>>;
  sha256: string;
  envelope: string;
}>;

export type ToldCards =
  | Progressing
  | Failing
  | Readonly<{ kind: "file"; name: string; blob: Blob }>
  | (Readonly<{ kind: "cards" }> & MadeCards);

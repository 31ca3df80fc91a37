import * as z from "zod/mini";
import type { ElectionDefinition } from "#core/election.ts";
import { Identifier } from "#core/election.ts";
import type { OfficeGroup } from "#core/office-groups.ts";
import type { OfficeRoutes } from "#functions/runtime/office/routes.ts";

/** The Roll room: a file of voters in blocks, and acts on one person. Nothing of a row is stored but its keyed hashes. */

const READERS = ["officer", "registrar", "auditor"] as const satisfies readonly OfficeGroup[];
const KEEPERS = ["officer", "registrar"] as const satisfies readonly OfficeGroup[];

export const ROLL_ROUTES = {
  "GET /office/elections/{election_id}/roll": { groups: READERS },
  "POST /office/elections/{election_id}/roll/imports": { groups: KEEPERS, act: "roll upload" },
  "PUT /office/elections/{election_id}/roll/imports/{import_id}/blocks/{block}": { groups: KEEPERS },
  "PUT /office/elections/{election_id}/roll/imports/{import_id}/check": { groups: KEEPERS },
  "POST /office/elections/{election_id}/roll/imports/{import_id}/enter": { groups: KEEPERS, act: "roll import" },
  "DELETE /office/elections/{election_id}/roll/imports/{import_id}": { groups: KEEPERS, act: "roll upload given up" },
  "POST /office/elections/{election_id}/roll/add": { groups: KEEPERS, act: "roll add" },
  "POST /office/elections/{election_id}/roll/reissue": { groups: KEEPERS, act: "roll reissue" },
  "POST /office/elections/{election_id}/roll/move": { groups: KEEPERS, act: "roll move" },
  "POST /office/elections/{election_id}/roll/remove": { groups: KEEPERS, act: "roll remove" },
  "POST /office/elections/{election_id}/roll/voted-elsewhere": { groups: KEEPERS, act: "roll voted-elsewhere" },
  "POST /office/elections/{election_id}/roll/letters": { groups: KEEPERS, act: "letters made" },
  "POST /office/elections/{election_id}/roll/state": { groups: KEEPERS, act: "roll state" },
} as const satisfies OfficeRoutes;

/** The console takes no more: reading and signing a larger roll takes longer than a request may (docs/roll.md). */
export const MOST_VOTERS = 200_000;

export const ROWS_PER_BLOCK = 500;
/** Of a block as JSON. */
export const BLOCK_BYTES = 400_000;
const LONGEST_CELL = 30_000;
const LONGEST_REASON = 300;

const whole = z.int().check(z.nonnegative());
const Reason = z.string().check(z.trim(), z.minLength(1), z.maxLength(LONGEST_REASON));
const Name = z.string().check(z.minLength(1), z.maxLength(255));
const Sha256 = z.string().check(z.regex(/^[0-9a-f]{64}$/));

/** A file that goes up. Begun again with the same, it goes on. */
export const BeginImport = z.strictObject({
  name: Name,
  bytes: whole,
  sha256: Sha256,
  rows: z.int().check(z.minimum(1)),
  blocks: z.int().check(z.minimum(1)),
  /** Cells that the first line names. */
  width: z.int().check(z.minimum(1)),
  /** Where each of the roll's columns stands in the file, from 0, in the order of the roll: credentials, region. */
  positions: z.array(z.int().check(z.minimum(0))).check(z.minLength(1), z.maxLength(12)),
});
export type BeginImport = Readonly<z.infer<typeof BeginImport>>;

export const BegunImport = z.object({
  import_id: z.string(),
  /** Blocks that are there, from 0. */
  done: z.array(whole),
  /** Whether it was being written already when it stopped. */
  is_entering: z.boolean(),
});
export type BegunImport = Readonly<z.infer<typeof BegunImport>>;

/** A row's line and its cells in the order of the roll's columns; or how many cells it has, where they are not as many as the first line's. */
export const SentRow = z.tuple([whole, z.union([z.array(z.string().check(z.maxLength(LONGEST_CELL))), whole])]);
export type SentRow = Readonly<z.infer<typeof SentRow>>;

export const SentBlock = z.strictObject({ rows: z.array(SentRow).check(z.minLength(1), z.maxLength(ROWS_PER_BLOCK)) });
export type SentBlock = Readonly<z.infer<typeof SentBlock>>;

const BadRow = z.object({ line: whole, problem: z.string() });

export const CheckImport = z.strictObject({ skip_bad: z.boolean() });
export const EnterImport = z.strictObject({ skip_bad: z.boolean(), reason: z.optional(Reason) });

/** What an import would do. Of the bad rows, and the lines, the first. */
export const ImportPlan = z.object({
  rows: whole,
  repeated: whole,
  repeated_lines: z.array(whole),
  struck: whole,
  struck_lines: z.array(whole),
  bad: whole,
  bad_rows: z.array(BadRow),
});
export type ImportPlan = Readonly<z.infer<typeof ImportPlan>>;

/** An import that has more to write is asked to go on. */
export const EnteredImport = z.union([
  z.object({ is_done: z.literal(false), rows: whole, total: whole }),
  z.object({
    is_done: z.literal(true),
    imported: whole,
    already_there: whole,
    struck: whole,
    bad: whole,
    /** SHA-256 of the signed change, to be published; undefined before the opening. */
    newest: z.optional(z.string()),
  }),
]);
export type EnteredImport = Readonly<z.infer<typeof EnteredImport>>;

/** One person, by the credentials that say who they are. */
export const OnePerson = z.strictObject({
  credentials: z.record(z.string().check(z.maxLength(64)), z.string().check(z.maxLength(200))),
  region_id: z.optional(Identifier),
  reason: Reason,
});
export type OnePerson = Readonly<z.infer<typeof OnePerson>>;

export const PersonActed = z.object({
  /** Shown once: nobody keeps it. In groups, as it is printed. */
  code: z.optional(z.string()),
  /** The elections whose rolls changed. */
  elections: z.array(z.string()),
  newest: z.optional(z.string()),
  /** Why a roll could not be signed afterwards, or was not changed. */
  warnings: z.array(z.string()),
});
export type PersonActed = Readonly<z.infer<typeof PersonActed>>;

export const LettersMade = z.strictObject({
  letters: z.int().check(z.minimum(1)),
  name: Name,
  sha256: Sha256,
  reason: z.optional(Reason),
});
export type LettersMade = Readonly<z.infer<typeof LettersMade>>;

export const StateRoll = z.strictObject({ reason: Reason });

export type RegionFigures = Readonly<{ region_id: string; voters: number; voted_elsewhere: number }>;

/** The roll as it is known without reading it whole, and what the page needs to read a file for it. */
export type RollRoom = Readonly<{
  definition: ElectionDefinition;
  /** The questions on its ballot paper, itself among them; itself alone without a paper. */
  questions: readonly ElectionDefinition[];
  is_opened: boolean;
  is_closed: boolean;
  regions: readonly RegionFigures[];
  voters: number;
  /** People whose code was struck off, by why, as the election's record has it. */
  struck: Readonly<Record<string, number>>;
  /** Imports that have not ended. */
  under_way: readonly string[];
}>;

import * as z from "zod/mini";
import { BilingualText } from "#core/election.ts";
import { OFFICE_GROUPS } from "#core/office-groups.ts";
import type { OfficeRoutes } from "#functions/runtime/office/routes.ts";

/** The room of elections: their definitions, as drafts and as they are registered. */

/** A definition of megabytes still fits a function's request (6 MB), with its quotation marks escaped. */
const MOST_DEFINITION_BYTES = 4_500_000;

export const ELECTION_ROUTES = {
  "GET /office/elections": { groups: OFFICE_GROUPS },
  "GET /office/elections/{election_id}": { groups: OFFICE_GROUPS },
  "GET /office/elections/{election_id}/draft": { groups: ["officer", "auditor"] },
  // Saved as somebody types: what becomes of it is recorded when it is applied.
  "PUT /office/elections/{election_id}/draft": { groups: ["officer"], mostBytes: MOST_DEFINITION_BYTES },
  "POST /office/elections/{election_id}/draft/discard": { groups: ["officer"], act: "discard draft" },
  "POST /office/elections/{election_id}/apply": {
    groups: ["officer"],
    act: "apply",
    needsTwo: true,
    asks: () => VersionBody,
  },
  "POST /office/photos": { groups: ["officer"] },
} as const satisfies OfficeRoutes;

export const ELECTION_STATES = ["coming", "open", "closed", "certified", "cancelled"] as const;
export type ElectionState = (typeof ELECTION_STATES)[number];

const ListedElection = z.object({
  election_id: z.string(),
  title: BilingualText,
  voting_method: z.string(),
  state: z.enum(ELECTION_STATES),
  opens_at: z.string(),
  closes_at: z.string(),
  time_zone: z.string(),
  /** On its roll. */
  voters: z.number(),
  is_test: z.boolean(),
  paper: z.nullable(z.string()),
});
export type ListedElection = Readonly<z.infer<typeof ListedElection>>;

const ListedDraft = z.object({
  election_id: z.string(),
  title: z.object({ fr: z.string(), en: z.string() }),
  version: z.number(),
  saved_at: z.string(),
  by: z.string(),
});
export type ListedDraft = Readonly<z.infer<typeof ListedDraft>>;

/** What an observer sees of it is public: no drafts, no rehearsals, nothing that was deleted. */
export const ElectionsList = z.object({
  elections: z.array(ListedElection),
  drafts: z.array(ListedDraft),
  deleted: z.array(z.object({ election_id: z.string(), title: z.string(), at: z.string(), by: z.string() })),
});
export type ElectionsList = Readonly<z.infer<typeof ElectionsList>>;

export const OfficeElection = z.object({
  ...ListedElection.shape,
  /** As its file would be: with biographies, also where they are kept apart. */
  definition: z.unknown(),
  /** Voters by region. */
  roll: z.record(z.string(), z.number()),
  opening_sha256: z.nullable(z.string()),
  /** Oldest first: what is recorded; for an observer what is signed of it, by the names of its acts. */
  changes: z.array(z.object({ at: z.string(), what: z.string(), by: z.string() })),
  draft: z.nullable(ListedDraft),
});
export type OfficeElection = Readonly<z.infer<typeof OfficeElection>>;

export const DraftAnswer = z.object({ draft: z.nullable(ListedDraft), definition: z.unknown() });
export type DraftAnswer = Readonly<z.infer<typeof DraftAnswer>>;

/** @see Drafts.save */
export const DraftBody = z.strictObject({
  version: z.int().check(z.gte(0)),
  definition: z.record(z.string(), z.unknown()),
});

/** The version that was looked at: a draft that was saved since is not applied. */
export const VersionBody = z.strictObject({
  version: z.int().check(z.gte(1)),
  reason: z.optional(z.string().check(z.maxLength(500))),
});

export const Applied = z.object({
  outcome: z.enum(["registered", "changed", "extended", "unchanged"]),
  /** What is allowed but may be a slip. */
  warnings: z.array(z.string()),
});
export type Applied = Readonly<z.infer<typeof Applied>>;

export const MOST_PHOTO_BYTES = 20_480;

export const PhotoBody = z.strictObject({
  /** In base64url. */
  bytes: z.string().check(z.minLength(1), z.maxLength(28_000)),
});
/** What a candidate's `photo` is to say. */
export const StoredPhoto = z.object({ photo: z.string() });
export type StoredPhoto = Readonly<z.infer<typeof StoredPhoto>>;

import * as z from "zod/mini";
import { BilingualText, Identifier } from "#core/election.ts";
import { BundleFileRecord } from "#core/published-bundle.ts";
import type { OfficeRoutes } from "#functions/runtime/office/routes.ts";

/** The room “After closing”, and the opening before it. */

const SEES = ["officer", "registrar", "auditor"] as const;
/** What opens the ballot box is nobody else's before it is published. */
const READ_BOX = ["officer", "auditor"] as const;

export const CLOSING_ROUTES = {
  "GET /office/jobs/{job_id}": { groups: SEES },
  "GET /office/jobs": { groups: SEES },
  "GET /office/elections/{election_id}/closing": { groups: SEES },
  "GET /office/elections/{election_id}/bundle/{file}/{from}": { groups: READ_BOX },
  "POST /office/elections/{election_id}/open-statement": {
    groups: ["officer"],
    act: "open-statement",
    needsTwo: true,
    asks: () => PlainRequest,
  },
  "POST /office/elections/{election_id}/recount": { groups: ["officer"], act: "recount" },
  "POST /office/elections/{election_id}/lots": {
    groups: ["officer"],
    act: "draw-lot",
    needsTwo: true,
    asks: () => LotRequest,
  },
  "POST /office/elections/{election_id}/certify": {
    groups: ["officer"],
    act: "certify",
    needsTwo: true,
    asks: () => PlainRequest,
  },
  "POST /office/elections/{election_id}/publish": {
    groups: ["officer"],
    act: "publish",
    needsTwo: true,
    asks: () => PlainRequest,
  },
  "POST /office/elections/{election_id}/shred": {
    groups: ["officer"],
    act: "shred",
    needsTwo: true,
    asks: () => TypedRequest,
  },
  "POST /office/elections/{election_id}/delete": {
    groups: ["officer"],
    act: "delete",
    needsTwo: true,
    asks: () => TypedRequest,
  },
} as const satisfies OfficeRoutes;

const Reason = z.optional(z.string().check(z.maxLength(500)));

/** Of `GET /office/jobs`. */
export const JobsQuery = z.strictObject({ election_id: Identifier });

/** Of what needs no more than to be asked for. */
export const PlainRequest = z.strictObject({ reason: Reason });

export const RecountRequest = z.strictObject({
  /** Whether counts that differ are replaced by what the box says. */
  swap: z.boolean(),
  reason: Reason,
});

export const LotRequest = z.strictObject({
  /** Null for the only region, or for all together. */
  region_id: z.nullable(Identifier),
  /** Those tied, the first drawn first. */
  order: z.array(Identifier).check(z.minLength(2), z.maxLength(100)),
  witnesses: z
    .array(z.string().check(z.trim(), z.minLength(1), z.maxLength(100)))
    .check(z.minLength(1), z.maxLength(20)),
  reason: Reason,
});

/** Of what cannot be undone: the election's id, typed. */
export const TypedRequest = z.strictObject({ typed: z.string(), reason: Reason });

export const LotAnswer = z.object({
  /** SHA-256 of the signed change, to be published. */
  newest: z.string(),
});

const Whole = z.int().check(z.nonnegative());

/** What must be so before certifying, in order; those after one that is not so may not have been looked at. */
export const CLOSING_CHECKS = [
  "stated",
  "roll-complete",
  "closed",
  "minute-passed",
  "votes-decided",
  "none-set-aside",
  "no-tie",
  "recounted",
] as const;

export const ClosingCheck = z.object({
  check: z.enum(CLOSING_CHECKS),
  /** `unknown` where it was not looked at yet; `advised` for what may stay so. */
  state: z.enum(["met", "unmet", "advised", "unknown"]),
  /** Why not, in a sentence of the language that was asked for. */
  detail: z.nullable(z.string()),
});
export type ClosingCheck = Readonly<z.infer<typeof ClosingCheck>>;

const Bundle = z.object({
  certified_at: z.iso.datetime(),
  merkle_root: z.string(),
  fingerprint: z.string(),
  opening: z.string(),
  ballots: Whole,
  files: z.array(BundleFileRecord),
});

export const ClosingAnswer = z.object({
  election_id: z.string(),
  title: BilingualText,
  is_test: z.boolean(),
  phase: z.enum(["upcoming", "open", "closed", "cancelled"]),
  opens_at: z.string(),
  closes_at: z.string(),
  time_zone: z.string(),
  voters: Whole,
  /** Null until it was stated. `newest` is the SHA-256 of the newest signed change, or the opening's. */
  opening: z.nullable(z.object({ sha256: z.string(), fingerprint: z.string(), newest: z.string() })),
  checks: z.array(ClosingCheck),
  ties: z.array(
    z.object({
      region_id: z.nullable(z.string()),
      region: z.nullable(BilingualText),
      tied: z.array(z.object({ candidate_id: z.string(), name: z.string() })),
    }),
  ),
  is_certified: z.boolean(),
  /** The certified bundle in the bucket; null before, and where it was certified at a command line. */
  bundle: z.nullable(Bundle),
  published_at: z.nullable(z.iso.datetime()),
  is_shredded: z.boolean(),
});
export type ClosingAnswer = Readonly<z.infer<typeof ClosingAnswer>>;

/** A piece of a bundle's file. */
export const BundlePiece = z.object({
  /** In base64. */
  bytes: z.string(),
  /** Where the next piece begins; null at the end. */
  next: z.nullable(Whole),
});
export type BundlePiece = Readonly<z.infer<typeof BundlePiece>>;

/** Of one answer: Lambda's is at most 6 MB, and base64 makes three bytes four. */
export const MOST_PIECE_BYTES = 3_000_000;

import * as z from "zod/mini";
import { JOB_ID_FORM, JOB_KINDS, JOB_STATES } from "#core/office-jobs.ts";

/** Jobs of the office as the console sees them. */

const Whole = z.int().check(z.nonnegative());

export const JobId = z.string().check(z.regex(JOB_ID_FORM));

export const JobAnswer = z.object({
  job_id: JobId,
  election_id: z.string(),
  kind: z.enum(JOB_KINDS),
  /** Who asked. */
  who: z.string(),
  asked_at: z.iso.datetime(),
  state: z.enum(JOB_STATES),
  /** What it is doing, and how far it has come, once it tells. */
  step: z.optional(z.string()),
  done: z.optional(Whole),
  total: z.optional(Whole),
  ended_at: z.optional(z.iso.datetime()),
  /** How it ended, in the language that was asked for. */
  detail: z.optional(z.string()),
  /** What it found, by name. */
  result: z.optional(z.record(z.string(), z.unknown())),
});
export type JobAnswer = Readonly<z.infer<typeof JobAnswer>>;

export const JobsAnswer = z.object({ jobs: z.array(JobAnswer) });
export type JobsAnswer = Readonly<z.infer<typeof JobsAnswer>>;

/** The answer to asking for a job: its id, by which it is followed. */
export const JobAsked = z.object({ job_id: JobId });
export type JobAsked = Readonly<z.infer<typeof JobAsked>>;

// What a job found, by its kind:

/** Of `open-statement`. */
export const OpeningResult = z.object({
  outcome: z.enum(["stated", "roll-changed", "late-roll", "unchanged"]),
  /** SHA-256 of the opening statement, to be published. */
  opening: z.string(),
  fingerprint: z.string(),
  voters: Whole,
  /** SHA-256 of the newest change after it, or of the opening. */
  newest: z.string(),
});

/** Of `recount`. */
export const RecountResult = z.object({ ballots: Whole, differences: Whole, swapped: z.boolean() });

/** Of `certify`. */
export const CertifyResult = z.object({
  merkle_root: z.string(),
  fingerprint: z.string(),
  opening: z.string(),
  cast: Whole,
  counted: Whole,
  blank: Whole,
  spoiled: Whole,
  set_aside: Whole,
});

import * as z from "zod/mini";
import { BilingualText, Correction, type ElectionDefinition, Instant } from "#core/election.ts";
import type { OfficeGroup } from "#core/office-groups.ts";
import type { OfficeRoutes } from "#functions/runtime/office/routes.ts";
import type { Rejection } from "#storage/keys.ts";

/** Polling day: how voting goes, what waits, and what may be done while it goes on. Observers have the public monitor. */

const READERS: readonly OfficeGroup[] = ["officer", "registrar", "auditor"];
const OFFICERS: readonly OfficeGroup[] = ["officer"];

export const POLLING_ROUTES = {
  "GET /office/elections/{election_id}/polling": { groups: READERS },
  "GET /office/elections/{election_id}/rejected-attempts": { groups: READERS },
  "GET /office/elections/{election_id}/changeable": { groups: READERS },
  "GET /office/waiting": { groups: READERS },
  "POST /office/waiting/send-again": { groups: OFFICERS, act: "send messages again" },
  "POST /office/elections/{election_id}/extend": {
    groups: OFFICERS,
    act: "extend",
    needsTwo: true,
    asks: () => MovedClosing,
  },
  "POST /office/elections/{election_id}/postpone": {
    groups: OFFICERS,
    act: "postpone",
    needsTwo: true,
    asks: () => Postponement,
  },
  "POST /office/elections/{election_id}/correct": {
    groups: OFFICERS,
    act: "correct",
    needsTwo: true,
    asks: () => Corrections,
  },
  "POST /office/elections/{election_id}/withdraw": {
    groups: OFFICERS,
    act: "withdraw",
    needsTwo: true,
    asks: () => Withdrawal,
  },
  "POST /office/elections/{election_id}/cancel": {
    groups: OFFICERS,
    act: "cancel",
    needsTwo: true,
    asks: () => CancellationAsked,
  },
} as const satisfies OfficeRoutes;

/** As admin/shared/said-reason.ts. */
const MOST_REASON_CHARACTERS = 300;
const Reason = z.string().check(z.trim(), z.minLength(1), z.maxLength(MOST_REASON_CHARACTERS));
/** Of what cannot be taken back: the election's id, typed. */
const Typed = z.string().check(z.trim());

/** To later; or back, to a time that is still ahead. `is_meant` answers the question about a closing that may be a slip (core/closing-slip.ts). */
export const MovedClosing = z.strictObject({
  closes_at: Instant,
  reason: Reason,
  is_meant: z._default(z.boolean(), false),
});
export const Postponement = z.strictObject({
  opens_at: Instant,
  closes_at: Instant,
  reason: Reason,
  typed: Typed,
  is_meant: z._default(z.boolean(), false),
});
const MOST_TEXTS = 100;
export const Corrections = z.strictObject({
  texts: z
    .array(z.strictObject({ of: Correction.shape.of, to: z.union([z.string(), BilingualText]) }))
    .check(z.minLength(1), z.maxLength(MOST_TEXTS)),
  reason: Reason,
});
export const Withdrawal = z.strictObject({ candidate_id: z.string(), reason: Reason, typed: Typed });
export const SendingAgain = z.strictObject({ reason: Reason });
export const CancellationAsked = z.strictObject({ told: BilingualText, typed: Typed });

/**
 * What was done. `newest` is the SHA-256 of the signed change, to be published; null while no opening is stated. `job_id` is what takes out
 * the counts of a cancelled election; null where there is none, or another job is under way.
 */
export type Done = Readonly<{ at: string; what: string; newest: string | null; job_id: string | null }>;

/** Ballots since the opening, of which those of the last minutes may be missing. */
export type ExactCounts = Readonly<{
  received: number;
  accepted: number;
  duplicate: number;
  unknown_credentials: number;
  wrong_region: number;
  struck: number;
  counted: number;
  /** Received, and not decided yet: they wait, or were set aside. */
  undecided: number;
  /** Received and accepted in each of the last 60 minutes, the last still running. */
  minutes: Readonly<{ from: string; received: readonly number[]; accepted: readonly number[] }>;
}>;

/** A region, or the whole country. `ballots` is what everybody is shown: in steps while voting is open, null below the first. */
export type RegionFigures = Readonly<{
  region_id: string;
  name: BilingualText | null;
  on_roll: number;
  voted_elsewhere: number;
  ballots: number | null;
}>;

export type PollingFigures = Readonly<{
  election_id: string;
  title: BilingualText;
  status: "upcoming" | "open" | "closed" | "cancelled";
  is_test: boolean;
  opens_at: string;
  closes_at: string;
  time_zone: string;
  updated_at: string;
  on_roll: number;
  voted_elsewhere: number;
  /** Null when the measurements do not answer, before voting opens, and once it is cancelled. */
  votes: ExactCounts | null;
  votes_unknown: "unreachable" | "upcoming" | "cancelled" | null;
  /** Ballots by region are multiples of this; 1 when exact. */
  rounded_to: number;
  regions: readonly RegionFigures[];
}>;

export type RejectedAttemptsFigures = Readonly<{
  totals: Readonly<Record<Rejection, Readonly<{ voters: number; attempts: number }>>>;
  /** Latest first; `voter` tells rows apart, and is no part of a credential. */
  latest: readonly Readonly<{
    voter: string;
    reason: Rejection;
    attempts: number;
    first_at: string;
    last_at: string;
  }>[];
}>;

/** What the forms need: the definition in force, and what was done to it. */
export type Changeable = Readonly<{
  definition: ElectionDefinition;
  is_stated: boolean;
  /** The closing that voters were told first: no extension is taken back beyond it. */
  first_closes_at: string;
  newest: string | null;
  done: readonly Readonly<{ at: string; who: string; what: string }>[];
}>;

export type AlarmFigures = Readonly<{
  title: BilingualText;
  impact: BilingualText;
  /** Address of what to do about it. */
  runbook: string | null;
  is_ringing: boolean;
  /** Nothing was measured yet. */
  is_unknown: boolean;
  since: string | null;
}>;

export type WaitingFigures = Readonly<{
  updated_at: string;
  queue: Readonly<{ messages: number; oldest_ms: number | null }> | null;
  set_aside: Readonly<{
    messages: number;
    oldest_ms: number | null;
    move: Readonly<{ is_under_way: boolean; has_failed: boolean; moved: number; started_at: string | null }> | null;
  }> | null;
  /** Null when they could not be read; none on one machine, where nothing rings. */
  alarms: readonly AlarmFigures[] | null;
}>;

export type SentAgain = Readonly<{ messages: number }>;

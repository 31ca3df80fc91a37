import * as z from "zod";
import { EMBARGOES } from "#core/disclosure.ts";
import { BilingualText, Cancellation } from "#core/election.ts";
import { Turnout } from "#functions/results/contract.ts";

/**
 * `GET /api/v1/status`: what observers watch while people vote. An unknown figure is null, never 0, and `unknown` says why
 * under its path.
 */

const Whole = z.number().int().nonnegative();
const Figure = Whole.nullable();
const Milliseconds = Figure.meta({ description: "Milliseconds" });

/** Why a figure is null: results are withheld, the vote was cancelled, its source did not answer, or nothing was measured lately. */
const UNKNOWN_BECAUSE = ["withheld", "cancelled", "unreachable", "not-measured"] as const;
export type UnknownBecause = (typeof UNKNOWN_BECAUSE)[number];

const PART_STATES = ["ok", "slow", "down"] as const;
export type PartState = (typeof PART_STATES)[number];

/** Everything that a vote and this document depend on. */
const PARTS = [
  "table elections",
  "table roll",
  "table votes",
  "table tallies",
  "table rejected-attempts",
  "table board",
  "queue votes",
  "queue dead-letter",
  "measurements",
] as const;
export type Part = (typeof PARTS)[number];

const VoteFigures = z
  .object({
    received: Figure.meta({ description: "Ballots received: accepted, duplicate, invalid, and still waiting" }),
    accepted: Figure,
    duplicate: Figure.meta({ description: "Attempts by voters whose ballot was already in the box" }),
    invalid: z.object({
      unknown_credentials: Figure,
      wrong_region: Figure,
      struck: Figure.meta({ description: "With a code that officers had replaced or struck off" }),
    }),
    counted: Figure.meta({ description: "Ballots in the tallies, including spoiled ones" }),
    spoiled: Figure.meta({ description: "Counted ballots that do not open or do not fit their contest" }),
  })
  .meta({ id: "VoteFigures" });
export type VoteFigures = Readonly<z.infer<typeof VoteFigures>>;

const Minutes = z.array(Whole).length(60).nullable();

export const WatchedElection = z
  .object({
    election_id: z.string(),
    title: BilingualText,
    status: z.enum(["upcoming", "open", "closed", "cancelled"]),
    cancelled: z.optional(Cancellation).meta({ description: "When and why it was cancelled; its figures are null" }),
    opens_at: z.iso.datetime({ offset: true }),
    closes_at: z.iso.datetime({ offset: true }),
    time_zone: z.string().meta({ description: "IANA time zone in which voters are told its times" }),
    withheld: z.enum(EMBARGOES).nullable().meta({ description: "Why its results are not shown, as in its results" }),
    rounded_to: Whole.min(1).meta({
      description:
        "What is accepted, duplicate or invalid is rounded down to multiples of this while its results are shown in steps; 1 for exact",
    }),
    turnout: Turnout.nullable(),
    votes: VoteFigures.meta({ description: "Since it opened" }),
  })
  .meta({ id: "WatchedElection" });
export type WatchedElection = Readonly<z.infer<typeof WatchedElection>>;

export const SystemStatus = z
  .object({
    status: z.enum(PART_STATES).meta({ description: "The worst state of any part" }),
    updated_at: z.iso.datetime(),
    votes: VoteFigures.meta({
      description:
        "Sums over `elections` but for the cancelled, each since it opened; `spoiled` of those whose results are shown",
    }),
    per_minute: z
      .object({
        from: z.iso.datetime().meta({ description: "Start of the first of 60 minutes; the last is still running" }),
        received: Minutes,
        accepted: Minutes,
        duplicate: Minutes,
        invalid: Minutes,
        counted: Minutes,
        spoiled: Minutes,
      })
      .meta({ id: "PerMinute" }),
    queue: z.object({
      waiting: Figure.meta({
        description: "Ballots in the queue, including those being decided; approximate, as SQS counts them",
      }),
      oldest_waiting_ms: Milliseconds,
      set_aside: Figure.meta({ description: "Ballots that could not be decided, kept until an officer redrives them" }),
    }),
    counting: z.object({
      delay_ms: Milliseconds.meta({
        description: "Milliseconds from storing to counting, the slowest of the last five minutes",
      }),
    }),
    parts: z.array(
      z.object({
        part: z.enum(PARTS),
        state: z.enum(PART_STATES),
        latency_ms: Whole.meta({ description: "Milliseconds" }),
      }),
    ),
    elections: z.array(WatchedElection).nullable().meta({
      description: "Those upcoming, open, or closed less than a day ago",
    }),
    unknown: z
      .record(z.string(), z.enum(UNKNOWN_BECAUSE))
      .meta({ description: "Why a figure is null, by its path: `elections.1.votes.spoiled`" }),
  })
  .meta({ id: "SystemStatus" });
export type SystemStatus = Readonly<z.infer<typeof SystemStatus>>;

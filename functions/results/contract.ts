import * as z from "zod";
import { EMBARGOES } from "#core/disclosure.ts";
import { BilingualText } from "#core/election.ts";
import { LAW_OUTCOMES } from "#core/law-outcome.ts";
import { Certified } from "#functions/runtime/certified-contract.ts";

/** Answers of the results routes. Counts are null while the result is withheld, and `withheld` says why. */

const Whole = z.number().int().nonnegative();
const Votes = Whole.nullable();
const Percentage = z.number().min(0).max(100).nullable().meta({
  description:
    "Share of `total`: two decimals, more where two would make 100 of fewer than all, 0 of a vote, or the required majority of another share",
});

export const Turnout = z
  .object({
    ballots: Whole.meta({
      description: "Ballots in the box; while voting is open, those of the counts that are published",
    }),
    on_roll: Whole,
    percentage: z.number().min(0),
    voted_elsewhere: Whole.optional().meta({
      description:
        "Voters on the roll who voted on paper or by mail: their ballots are not among these. Missing when there are none",
    }),
  })
  .meta({ id: "Turnout" });
export type Turnout = Readonly<z.infer<typeof Turnout>>;

/** Where trustees open the ballots, what is done of it. */
export const OpeningProgress = z
  .object({
    mixes: Whole.meta({ description: "Trustees who have mixed all ballots" }),
    mixes_needed: Whole,
    openings: Whole.meta({ description: "Trustees who have opened the mixed ballots, each with its part of the key" }),
    openings_needed: Whole,
  })
  .meta({ id: "OpeningProgress" });
export type OpeningProgress = Readonly<z.infer<typeof OpeningProgress>>;

const outcome = {
  title: BilingualText,
  status: z.enum(["upcoming", "open", "being_opened", "closed"]).meta({
    description:
      "`closed` once the count made after closing is shown, seconds after the closing time; where trustees open the ballots, `being_opened` until they are opened and certified",
  }),
  withheld: z.enum(EMBARGOES).nullable(),
  opening: z.optional(OpeningProgress).meta({ description: "With `being_opened`: how far the trustees are" }),
  total: Votes.meta({
    description: "Valid ballots, neither blank nor spoiled; as many as votes, but where ballots mark names",
  }),
  blank: Votes,
  spoiled: Votes.meta({ description: "Envelopes that could not be opened or whose selection does not fit" }),
  turnout: Turnout,
  updated_at: z.iso.datetime().meta({ description: "When this count was made" }),
  certified: z.optional(Certified).meta({
    description: "The certified files, once they are published: until then a result is not final",
  }),
} as const;

/** A law's outcome, and its requirements. */
export const LawOutcomeResult = z
  .object({
    kind: z.enum(LAW_OUTCOMES).meta({ description: "`undecided` while voting is open or the result is withheld" }),
    quorum: z
      .number()
      .min(0)
      .max(100)
      .nullable()
      .meta({ description: "Share of the roll that must vote, in percent; null for none" }),
    required_majority: z.object({
      kind: z.enum(["more-than", "at-least"]),
      percentage: z.number().min(0).max(100).meta({ description: "Share of `total` that `oui` must have" }),
    }),
  })
  .meta({ id: "LawOutcome" });
export type LawOutcomeResult = Readonly<z.infer<typeof LawOutcomeResult>>;

export const LawResults = z
  .object({
    law_id: z.string(),
    oui: Votes,
    non: Votes,
    percentages: z.object({ oui: Percentage, non: Percentage }),
    ...outcome,
    outcome: LawOutcomeResult,
  })
  .meta({ id: "LawResults" });
export type LawResults = Readonly<z.infer<typeof LawResults>>;

export const CandidateResult = z
  .object({
    candidate_id: z.string(),
    name: z.string(),
    party: z.nullable(BilingualText),
    colour: z.string().nullable(),
    votes: Votes.meta({ description: "Marks where ballots mark names, first preferences in a ranked election" }),
    percentage: Percentage,
  })
  .meta({ id: "CandidateResult" });
export type CandidateResult = Readonly<z.infer<typeof CandidateResult>>;

/** Whole numbers, but in a single transferable vote, where they have up to five decimals. */
const RoundCount = z.number().nonnegative();

const RoundVotes = z.object({
  candidate_id: z.string(),
  votes: RoundCount,
  percentage: z.number().min(0).max(100),
});

const TIE_BREAKS = ["earlier-round", "together", "lot", "lot-after-closing", "no-difference"] as const;

const TieOver = z.enum(["win", "elimination"]).nullable().meta({
  description:
    "What a tie that no rule breaks is over: the win, or an elimination on the way to it, which matters to who is elected; null without one",
});

/** One round of a ranked count; see docs/counting.md. */
export const RoundResult = z
  .object({
    round: Whole.min(1),
    candidates: z.array(RoundVotes).meta({ description: "Those still in, with their share of the continuing ballots" }),
    continuing: RoundCount,
    exhausted: RoundCount.meta({ description: "Ballots that name nobody who is still in" }),
    threshold: Whole.min(1).meta({
      description: "Votes that win: more than half of the continuing ballots; the quota in a single transferable vote",
    }),
    eliminated: z.array(z.string()).meta({
      description: "One candidate, or several who were tied and cannot reach the next together; none in the last",
    }),
    transfers: z
      .array(z.object({ from: z.string(), candidate_id: z.string().nullable(), votes: RoundCount }))
      .meta({ description: "Where the votes of each of the eliminated, or a surplus, go; null for exhausted" }),
    elected: z
      .array(z.string())
      .optional()
      .meta({ description: "In a single transferable vote: who is elected in this round" }),
    surplus_of: z.array(z.string()).optional().meta({ description: "Whose surplus is transferred after it" }),
    lost: RoundCount.optional().meta({ description: "Votes lost so far by rounding fractions down" }),
    tie_break: z
      .object({
        tied: z.array(z.string()).meta({ description: "Those still tied at the step that decided" }),
        by: z.enum(TIE_BREAKS).meta({
          description:
            "`earlier-round`: their votes in `round`. `together`: they cannot reach the next candidate together, so all are eliminated. `lot`: drawn before the election. `lot-after-closing`: drawn in public. `no-difference`: whoever is eliminated, the same candidate is elected",
        }),
        round: Whole.min(1).nullable(),
      })
      .nullable(),
  })
  .meta({ id: "RoundResult" });
export type RoundResult = Readonly<z.infer<typeof RoundResult>>;

const whoWins = {
  kind: z
    .enum(["elected", "tie", "no-ballots"])
    .meta({ description: "`tie` when a tie that no rule breaks leaves a seat open" }),
  candidate_ids: z
    .array(z.string())
    .meta({ description: "Of `elected` those who lead or are elected, of `tie` those tied" }),
  tie_over: TieOver,
  elected: z.array(z.string()).meta({ description: "Who leads or is elected, whatever is tied" }),
  open_seats: Whole.meta({ description: "Seats that the tie leaves open" }),
} as const;

/** Who is elected in a contest. */
export const OutcomeResult = z
  .object({
    ...whoWins,
    by_lot: z
      .object({ tied: z.array(z.string()), seats: Whole.min(1), by: z.enum(["lot", "lot-after-closing"]) })
      .optional()
      .meta({ description: "A tie for the last seats, or for the seat of a single choice, that a lot broke" }),
  })
  .meta({ id: "Outcome" });
export type OutcomeResult = Readonly<z.infer<typeof OutcomeResult>>;

/** The seats of one region: who has them by the votes counted, in the lead while voting is open and elected afterwards. */
export const SeatResult = z
  .object({
    region_id: z.string(),
    ...whoWins,
    votes: RoundCount.meta({
      description:
        "Of whoever leads or is elected, the last of them where there are several, or of those tied; in the last round where there are rounds",
    }),
    margin: RoundCount.meta({ description: "How many more votes than whoever comes next; 0 with a tie" }),
    whole: Whole.meta({ description: "What these votes are a share of: valid ballots, or those that continue" }),
    ballots: Whole.meta({ description: "Ballots in the box" }),
    on_roll: Whole,
  })
  .meta({ id: "SeatResult" });
export type SeatResult = Readonly<z.infer<typeof SeatResult>>;

export const PartySeats = z
  .object({
    party: z.nullable(BilingualText).meta({ description: "null for independents" }),
    colour: z.string().nullable(),
    seats: Whole,
  })
  .meta({ id: "PartySeats" });

export const ElectionResults = z
  .object({
    election_id: z.string(),
    region_id: z.string().nullable().meta({ description: "null for all regions summed" }),
    voting_method: z.enum(["single_choice", "choose", "ranked_choice", "stv"]),
    candidates: z.array(CandidateResult),
    regions_withheld: z
      .array(z.string())
      .meta({ description: "Regions with too few ballots to show, left out of the sum" }),
    rounds: z.array(RoundResult).optional().meta({
      description:
        "Of a ranked election, where one count is made: in a region, or nationally where all regions share their candidates",
    }),
    outcome: OutcomeResult.optional().meta({
      description:
        "In a ranked election where one count is made, in a region whose ballots mark names, and in a single choice in a region that a lot decided",
    }),
    seats: z
      .array(SeatResult)
      .optional()
      .meta({ description: "With all regions summed: each region's seat, but for the withheld" }),
    seats_by_party: z.array(PartySeats).optional().meta({ description: "The same seats by party, most first" }),
    ...outcome,
  })
  .meta({ id: "ElectionResults" });
export type ElectionResults = Readonly<z.infer<typeof ElectionResults>>;

/** How turnout grew over the day. Steps in which nobody voted are left out. */
export const TurnoutOverTime = z
  .object({
    election_id: z.string(),
    on_roll: Whole,
    points: z.array(z.object({ until: z.iso.datetime(), ballots: Whole, percentage: z.number().min(0) })).meta({
      description:
        "Ballots cast until the end of each quarter of an hour, all regions together; while voting is open, those published until then",
    }),
    updated_at: z.iso.datetime(),
  })
  .meta({ id: "TurnoutOverTime" });
export type TurnoutOverTime = Readonly<z.infer<typeof TurnoutOverTime>>;

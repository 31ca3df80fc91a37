import * as z from "zod";
import { BilingualText } from "#core/election.ts";
import { EMBARGOES } from "#core/results.ts";

/** What a results route answers. Counts are null while the result is withheld, and `withheld` says why. */

const Votes = z.number().int().nonnegative().nullable();
const Percentage = z.number().min(0).max(100).nullable().meta({ description: "Share of `total`, two decimals" });

export const Turnout = z
  .object({
    ballots: z
      .number()
      .int()
      .nonnegative()
      .meta({ description: "Ballots in the box, rounded down while the result is withheld" }),
    on_roll: z.number().int().nonnegative(),
    percentage: z.number().min(0),
  })
  .meta({ id: "Turnout" });
export type Turnout = Readonly<z.infer<typeof Turnout>>;

const outcome = {
  title: BilingualText,
  status: z.enum(["upcoming", "open", "closed"]),
  withheld: z.enum(EMBARGOES).nullable(),
  total: Votes.meta({ description: "Votes for an option: neither blank nor spoiled" }),
  blank: Votes,
  spoiled: Votes.meta({ description: "Envelopes that could not be opened or whose selection does not fit" }),
  turnout: Turnout,
  updated_at: z.iso.datetime().meta({ description: "When this count was made" }),
} as const;

export const LawResults = z
  .object({
    law_id: z.string(),
    oui: Votes,
    non: Votes,
    percentages: z.object({ oui: Percentage, non: Percentage }),
    ...outcome,
  })
  .meta({ id: "LawResults" });
export type LawResults = Readonly<z.infer<typeof LawResults>>;

export const CandidateResult = z
  .object({
    candidate_id: z.string(),
    name: z.string(),
    party: BilingualText.nullable(),
    colour: z.string().nullable(),
    votes: Votes.meta({ description: "First preferences, in a ranked election" }),
    percentage: Percentage,
  })
  .meta({ id: "CandidateResult" });
export type CandidateResult = Readonly<z.infer<typeof CandidateResult>>;

export const ElectionResults = z
  .object({
    election_id: z.string(),
    region_id: z.string().nullable().meta({ description: "null for all regions summed" }),
    voting_method: z.enum(["single_choice", "ranked_choice"]),
    candidates: z.array(CandidateResult),
    regions_withheld: z
      .array(z.string())
      .meta({ description: "Regions with too few ballots to show, left out of the sum" }),
    ...outcome,
  })
  .meta({ id: "ElectionResults" });
export type ElectionResults = Readonly<z.infer<typeof ElectionResults>>;

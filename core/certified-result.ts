import * as z from "zod";
import { candidatesIn, contestRegionIds, isSharedByAllRegions } from "#core/contest.ts";
import type { ElectionDefinition } from "#core/election.ts";
import { DECIDED_LAW_OUTCOMES, lawOutcome } from "#core/law-outcome.ts";
import { countRankedContest, type RankedCount } from "#core/ranked-choice.ts";
import { sumTallies, type Tally, totalsOf } from "#core/results.ts";

/** The result of an election as a certificate states it: plain JSON, every number that anyone can recount from the box. */

const Whole = z.number().int().nonnegative();
const ByCandidate = z.record(z.string(), Whole);

const CertifiedRound = z.strictObject({
  number: z.number().int().positive(),
  votes: ByCandidate,
  continuing: Whole,
  exhausted: Whole,
  threshold: Whole,
  eliminated: z.string().optional(),
  transfers: ByCandidate,
  transferredToExhausted: Whole,
  tieBreak: z
    .discriminatedUnion("by", [
      z.strictObject({ tied: z.array(z.string()), by: z.literal("earlier-round"), round: z.number().int().positive() }),
      z.strictObject({ tied: z.array(z.string()), by: z.literal("lot") }),
    ])
    .optional(),
});

const CertifiedOutcome = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("elected"), candidateId: z.string() }),
  z.strictObject({ kind: z.literal("tie"), tied: z.array(z.string()), over: z.enum(["win", "elimination"]) }),
  z.strictObject({ kind: z.literal("no-ballots") }),
]);

export const ContestResult = z.strictObject({
  /** Null for all regions together. */
  regionId: z.string().nullable(),
  /** Everything in the box: total, blank and spoiled. */
  ballots: Whole,
  /** Valid votes for an option. */
  total: Whole,
  blank: Whole,
  spoiled: Whole,
  /** By candidate, or by `oui` and `non`; first preferences where candidates are ranked. */
  votes: z.record(z.string(), Whole),
  /** What a law's votes lead to. */
  outcome: z.enum(DECIDED_LAW_OUTCOMES).optional(),
  /** The rounds of a ranked count, where there is one count. */
  ranked: z.strictObject({ rounds: z.array(CertifiedRound), outcome: CertifiedOutcome }).optional(),
});
export type ContestResult = Readonly<z.infer<typeof ContestResult>>;

function rankedRecord({ rounds, outcome }: RankedCount): NonNullable<ContestResult["ranked"]> {
  return {
    rounds: rounds.map(({ votes, transfers, ...round }) =>
      CertifiedRound.parse({ ...round, votes: Object.fromEntries(votes), transfers: Object.fromEntries(transfers) }),
    ),
    outcome: CertifiedOutcome.parse(outcome),
  };
}

function resultOf(
  definition: ElectionDefinition,
  tally: Tally,
  regionId: string | null,
  onRoll: number,
): ContestResult {
  const { votes, ...counts } = totalsOf(definition, tally, regionId ?? undefined);
  const result = { regionId, ...counts, votes: Object.fromEntries(votes) };
  if (definition.votingMethod === "referendum") {
    const { total, ballots } = counts;
    return { ...result, outcome: lawOutcome(definition, { oui: votes.get("oui") ?? 0, total, ballots, onRoll }) };
  }
  if (definition.votingMethod !== "ranked_choice") return result;
  // Regions with candidates of their own have a count each, and none together.
  if (regionId === null && !isSharedByAllRegions(definition)) return result;
  const standing = regionId === null ? definition.candidates : candidatesIn(definition, regionId);
  const candidateIds = standing.map(({ candidateId }) => candidateId);
  return { ...result, ranked: rankedRecord(countRankedContest(definition, candidateIds, tally)) };
}

/**
 * Counts an election from a tally for each region (see contestRegionIds); a region without one had no ballots.
 * @param onRoll voters on the roll, which a law's quorum is a share of
 */
export function certifiedResult(
  definition: ElectionDefinition,
  tallies: ReadonlyMap<string, Tally>,
  onRoll: number,
): Readonly<{ contests: ContestResult[]; wholeCountry: ContestResult }> {
  const regionIds = contestRegionIds(definition);
  const tallyOf = (regionId: string): Tally => tallies.get(regionId) ?? new Map();
  return {
    contests: regionIds.map((regionId) => resultOf(definition, tallyOf(regionId), regionId, onRoll)),
    wholeCountry: resultOf(definition, sumTallies(regionIds.map(tallyOf)), null, onRoll),
  };
}

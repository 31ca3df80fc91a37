import { candidatesIn, isSharedByAllRegions, type RaceDefinition } from "#core/contest.ts";
import { countRankedContest, type RankedCount, type Round } from "#core/ranked-choice.ts";
import { percentage, type Tally } from "#core/results.ts";
import type { ElectionResults, RankedOutcome, RoundResult } from "#functions/results/contract.ts";

/** The rounds of a ranked count, as the API says them. */

/** The one count of a ranked race, as far as it may be shown; nothing where several counts stand side by side. */
export function rankedResults(
  definition: RaceDefinition,
  tally: Tally,
  regionId: string | undefined,
): Pick<ElectionResults, "rounds" | "outcome"> {
  if (definition.votingMethod !== "ranked_choice") return {};
  if (regionId === undefined && !isSharedByAllRegions(definition)) return {};
  const standing = regionId === undefined ? definition.candidates : candidatesIn(definition, regionId);
  const count = countRankedContest(
    definition,
    standing.map(({ candidateId }) => candidateId),
    tally,
  );
  return { rounds: count.rounds.map(roundResult), outcome: rankedOutcome(count) };
}

function roundResult(round: Round): RoundResult {
  const { tieBreak } = round;
  return {
    round: round.number,
    candidates: [...round.votes].map(([candidate_id, votes]) => ({
      candidate_id,
      votes,
      percentage: percentage(votes, round.continuing),
    })),
    continuing: round.continuing,
    exhausted: round.exhausted,
    threshold: round.threshold,
    eliminated: round.eliminated ?? null,
    transfers: [
      ...[...round.transfers].map(([candidate_id, votes]) => ({ candidate_id, votes })),
      ...(round.transferredToExhausted > 0 ? [{ candidate_id: null, votes: round.transferredToExhausted }] : []),
    ],
    tie_break:
      tieBreak === undefined
        ? null
        : { tied: [...tieBreak.tied], by: tieBreak.by, round: tieBreak.by === "lot" ? null : tieBreak.round },
  };
}

function rankedOutcome({ outcome: { kind, ...who } }: RankedCount): RankedOutcome {
  if ("candidateId" in who) return { kind, candidate_ids: [who.candidateId] };
  return { kind, candidate_ids: "tied" in who ? [...who.tied] : [] };
}

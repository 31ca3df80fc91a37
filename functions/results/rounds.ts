import type { RankedCount, Round } from "#core/ranked-choice.ts";
import { type ContestCount, percentage } from "#core/results.ts";
import type { ElectionResults, RankedOutcome, RoundResult } from "#functions/results/contract.ts";

/** The rounds of a ranked count as the API gives them; nothing when there is no such count. */
export function rankedResults({ ranked }: ContestCount): Pick<ElectionResults, "rounds" | "outcome"> {
  const count = ranked();
  return count === undefined ? {} : { rounds: count.rounds.map(roundResult), outcome: rankedOutcome(count) };
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

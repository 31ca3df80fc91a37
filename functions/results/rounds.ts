import type { Round } from "#core/ranked-choice.ts";
import { type ContestCount, percentage } from "#core/results.ts";
import type { ElectionResults, RoundResult } from "#functions/results/contract.ts";
import { outcomeFields } from "#functions/results/outcomes.ts";

/** The rounds of a ranked count as the API gives them; nothing when there is no such count. */
export function rankedResults({ ranked }: ContestCount): Pick<ElectionResults, "rounds" | "outcome"> {
  const count = ranked();
  return count === undefined ? {} : { rounds: count.rounds.map(roundResult), outcome: outcomeFields(count.outcome) };
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
    eliminated: [...round.eliminated],
    transfers: [...round.transfersFrom].flatMap(([from, transfers]) => {
      const moved = [...transfers.values()].reduce((sum, votes) => sum + votes, 0);
      const exhausted = (round.votes.get(from) ?? 0) - moved;
      return [
        ...[...transfers].map(([candidate_id, votes]) => ({ from, candidate_id, votes })),
        ...(exhausted > 0 ? [{ from, candidate_id: null, votes: exhausted }] : []),
      ];
    }),
    tie_break:
      tieBreak === undefined
        ? null
        : { tied: [...tieBreak.tied], by: tieBreak.by, round: tieBreak.by === "earlier-round" ? tieBreak.round : null },
  };
}

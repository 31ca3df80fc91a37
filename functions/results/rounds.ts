import { HALF, percentage } from "#core/percentage.ts";
import type { Round } from "#core/ranked-choice.ts";
import type { ContestCount } from "#core/results.ts";
import { severalOutcome } from "#core/seats.ts";
import type { TieBreak } from "#core/ties.ts";
import { type TransferRound, VOTE } from "#core/transferable-vote.ts";
import type { ElectionResults, RoundResult } from "#functions/results/contract.ts";
import { outcomeFields } from "#functions/results/outcomes.ts";

/** The rounds of a ranked count as the API gives them; nothing when there is no such count. */
export function rankedResults({
  ranked,
  transferred,
  totals,
}: ContestCount): Pick<ElectionResults, "rounds" | "outcome"> {
  const transfers = transferred();
  if (transfers !== undefined) {
    const isEmpty = transfers.rounds.length === 0;
    return {
      rounds: transfers.rounds.map((round) => transferRound(round, transfers.quota, totals().total)),
      outcome: outcomeFields(isEmpty ? { kind: "no-ballots" } : severalOutcome(transfers, "elimination")),
    };
  }
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
      percentage: percentage(votes, round.continuing, [HALF]),
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
    tie_break: tieBreakResult(tieBreak),
  };
}

/** Percentages are of all valid ballots, as the quota is. */
function transferRound(round: TransferRound, quota: number, valid: number): RoundResult {
  const { votes, tieBreak } = round;
  const inVotes = (count: number): number => count / VOTE;
  return {
    round: round.number,
    candidates: [...votes].map(([candidate_id, count]) => ({
      candidate_id,
      votes: inVotes(count),
      percentage: percentage(inVotes(count), valid, [{ part: inVotes(quota), whole: valid }]),
    })),
    continuing: inVotes([...votes.values()].reduce((sum, count) => sum + count, 0)),
    exhausted: inVotes(round.exhausted),
    lost: inVotes(round.lost),
    threshold: inVotes(quota),
    elected: [...round.elected],
    surplus_of: [...round.surplusOf],
    eliminated: [...round.eliminated],
    transfers: [...round.transfersFrom].flatMap(([from, transfers]) => {
      const exhausted = round.exhaustedFrom.get(from) ?? 0;
      return [
        ...[...transfers].map(([candidate_id, count]) => ({ from, candidate_id, votes: inVotes(count) })),
        ...(exhausted > 0 ? [{ from, candidate_id: null, votes: inVotes(exhausted) }] : []),
      ];
    }),
    tie_break: tieBreakResult(tieBreak),
  };
}

function tieBreakResult(tieBreak: TieBreak | undefined): RoundResult["tie_break"] {
  if (tieBreak === undefined) return null;
  return { tied: [...tieBreak.tied], by: tieBreak.by, round: tieBreak.by === "earlier-round" ? tieBreak.round : null };
}

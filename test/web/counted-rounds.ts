import { countRanked } from "#core/ranked-choice.ts";
import type { RoundResult } from "#functions/results/contract.ts";

const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);

/** A ranked count as the API gives it. */
export function counted(candidateIds: readonly string[], rankings: readonly (readonly string[])[]) {
  const { rounds, outcome } = countRanked(
    candidateIds,
    rankings.map((ranking) => ({ ranking, count: 1 })),
    { lots: [{ order: candidateIds, drawn: "before-the-election" }] },
  );
  return {
    rounds: rounds.map(
      ({ number, votes, ...round }): RoundResult => ({
        round: number,
        candidates: [...votes].map(([candidate_id, count]) => ({ candidate_id, votes: count, percentage: 0 })),
        continuing: round.continuing,
        exhausted: round.exhausted,
        threshold: round.threshold,
        eliminated: [...round.eliminated],
        transfers: [...round.transfersFrom].flatMap(([from, moved]) => {
          const exhausted = (votes.get(from) ?? 0) - sum([...moved.values()]);
          return [
            ...[...moved].map(([candidate_id, count]) => ({ from, candidate_id, votes: count })),
            ...(exhausted > 0 ? [{ from, candidate_id: null, votes: exhausted }] : []),
          ];
        }),
        tie_break: null,
      }),
    ),
    electedId: outcome.kind === "elected" ? outcome.candidateId : undefined,
  };
}

/** 25 candidates in 24 rounds: of the ballots of each, half name two others. */
export function manyRounds() {
  const ids = Array.from({ length: 25 }, (_, index) => String(index));
  const rankings = ids.flatMap((id, place) =>
    Array.from({ length: 40 + 7 * place }, (_, index) => {
      const others = [1 + index, 7 + 3 * index].map((by) => String((place + by) % ids.length));
      return index % 2 === 0 ? [id] : [...new Set([id, ...others])];
    }),
  );
  return { ids, ...counted(ids, rankings) };
}

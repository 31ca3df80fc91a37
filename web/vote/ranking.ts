/** Moves within a voter's ranking, a list of candidate ids, first preference first. Ranks count from 1. */
export type Ranking = readonly string[];

/** Others move aside; past the end means last. */
export function placeAt(ranking: Ranking, candidateId: string, rank: number): Ranking {
  const others = ranking.filter((id) => id !== candidateId);
  return others.toSpliced(Math.max(0, rank - 1), 0, candidateId);
}

/** Takes a candidate out; those below move up. */
export function takeOut(ranking: Ranking, candidateId: string): Ranking {
  return ranking.filter((id) => id !== candidateId);
}

/** The rank of a candidate, or undefined when not ranked. */
export function rankOf(ranking: Ranking, candidateId: string): number | undefined {
  const index = ranking.indexOf(candidateId);
  return index < 0 ? undefined : index + 1;
}

/**
 * Instant run-off. The rules, with their sources, are in docs/counting.md: a majority of the
 * continuing ballots wins, one candidate is eliminated a round, ties are broken by earlier rounds and then by lot.
 */

/** A ranking as candidate ids, first preference first, and how many ballots have it. */
export type RankedBallots = Readonly<{ ranking: readonly string[]; count: number }>;

/** How a tie was broken: by the counts of an earlier round (numbered from 1), or by the order drawn before the election. */
export type TieBreak =
  | Readonly<{ tied: readonly string[]; by: "earlier-round"; round: number }>
  | Readonly<{ tied: readonly string[]; by: "lot" }>;

export type Round = Readonly<{
  /** From 1. */
  number: number;
  /** Votes of each continuing candidate, in the order of the ballot. */
  votes: ReadonlyMap<string, number>;
  /** Ballots that still rank a continuing candidate. */
  continuing: number;
  /** Ballots that no longer do, over all rounds so far. */
  exhausted: number;
  /** Votes needed to win: more than half of the continuing ballots. */
  threshold: number;
  /** Who is eliminated after this round; undefined in the last. */
  eliminated?: string;
  /** Votes of the eliminated by the candidate they go to; the rest are exhausted. */
  transfers: ReadonlyMap<string, number>;
  transferredToExhausted: number;
  /** The tie that was broken in this round, for elimination or for the win. */
  tieBreak?: TieBreak;
}>;

export type RankedOutcome =
  | Readonly<{ kind: "elected"; candidateId: string }>
  /** A tie that no rule breaks. */
  | Readonly<{ kind: "tie"; tied: readonly string[]; over: "win" | "elimination" }>
  | Readonly<{ kind: "no-ballots" }>;

export type RankedCount = Readonly<{ rounds: readonly Round[]; outcome: RankedOutcome }>;

/** The ballots that count for one candidate, each with the position of that candidate. */
type Pile = { ballots: RankedBallots; position: number }[];

/** Votes needed to win among this many continuing ballots. */
function majorityOf(continuing: number): number {
  return Math.floor(continuing / 2) + 1;
}

/**
 * Which of the tied is eliminated: the one with the fewest votes in the latest earlier round in which they differ, or else
 * the one drawn last. Undefined when no order was drawn.
 */
function weakest(
  tied: readonly string[],
  earlier: readonly Round[],
  tieBreakOrder: readonly string[] | undefined,
): Readonly<{ candidateId: string; tieBreak: TieBreak }> | undefined {
  let left = tied;
  for (const { number, votes } of earlier.toReversed()) {
    const fewest = Math.min(...left.map((id) => votes.get(id) ?? 0));
    left = left.filter((id) => (votes.get(id) ?? 0) === fewest);
    const [only] = left;
    if (left.length === 1 && only !== undefined) {
      return { candidateId: only, tieBreak: { tied, by: "earlier-round", round: number } };
    }
  }
  const last = tieBreakOrder?.filter((id) => left.includes(id)).at(-1);
  return last === undefined ? undefined : { candidateId: last, tieBreak: { tied, by: "lot" } };
}

/**
 * Counts ranked ballots.
 * @param candidateIds all candidates, in the order of the ballot
 * @param ballots distinct rankings, without repeated or unknown candidates; an empty one is exhausted from the start
 * @param tieBreakOrder all candidates in the order drawn by lot: the first of those tied wins
 */
export function countRanked(
  candidateIds: readonly string[],
  ballots: Iterable<RankedBallots>,
  tieBreakOrder?: readonly string[],
): RankedCount {
  const piles = new Map<string, Pile>(candidateIds.map((id) => [id, []]));
  const votes = new Map<string, number>(candidateIds.map((id) => [id, 0]));
  let exhausted = 0;

  /** Puts a ranking on the pile of its next continuing candidate, at or after `from`; returns whose, or undefined. */
  const place = (one: RankedBallots, from: number): string | undefined => {
    for (let position = from; position < one.ranking.length; position++) {
      const candidateId = one.ranking[position] ?? "";
      const pile = piles.get(candidateId);
      if (pile === undefined) continue;
      pile.push({ ballots: one, position });
      votes.set(candidateId, (votes.get(candidateId) ?? 0) + one.count);
      return candidateId;
    }
    exhausted += one.count;
    return undefined;
  };

  let all = 0;
  for (const one of ballots) {
    all += one.count;
    place(one, 0);
  }

  const rounds: Round[] = [];
  for (;;) {
    const continuing = all - exhausted;
    const round = {
      number: rounds.length + 1,
      votes: new Map(votes),
      continuing,
      exhausted,
      threshold: majorityOf(continuing),
      transfers: new Map<string, number>(),
      transferredToExhausted: 0,
    };
    const finish = (outcome: RankedOutcome, tieBreak?: TieBreak): RankedCount => {
      rounds.push({ ...round, ...(tieBreak !== undefined && { tieBreak }) });
      return { rounds, outcome };
    };

    if (continuing === 0) return finish({ kind: "no-ballots" });
    for (const [candidateId, count] of votes) {
      if (count >= round.threshold) return finish({ kind: "elected", candidateId });
    }

    const fewest = Math.min(...votes.values());
    const lowest = [...votes].filter(([, count]) => count === fewest).map(([id]) => id);
    const out =
      lowest.length === 1 && lowest[0] !== undefined
        ? { candidateId: lowest[0] }
        : weakest(lowest, rounds, tieBreakOrder);
    const tieBreak = out !== undefined && "tieBreak" in out ? out.tieBreak : undefined;
    // Two are left and tied: the weaker loses, the other wins, and nothing is transferred.
    if (votes.size === 2) {
      if (out === undefined) return finish({ kind: "tie", tied: lowest, over: "win" });
      const winner = [...votes.keys()].find((id) => id !== out.candidateId) ?? out.candidateId;
      return finish({ kind: "elected", candidateId: winner }, tieBreak);
    }
    if (out === undefined) return finish({ kind: "tie", tied: lowest, over: "elimination" });

    const pile = piles.get(out.candidateId) ?? [];
    piles.delete(out.candidateId);
    votes.delete(out.candidateId);
    const before = exhausted;
    for (const { ballots: one, position } of pile) {
      const to = place(one, position + 1);
      if (to !== undefined) round.transfers.set(to, (round.transfers.get(to) ?? 0) + one.count);
    }
    rounds.push({
      ...round,
      transferredToExhausted: exhausted - before,
      eliminated: out.candidateId,
      ...(tieBreak !== undefined && { tieBreak }),
    });
  }
}

/**
 * Instant run-off. The rules, with their sources, are in docs/counting.md: a majority of the
 * continuing ballots wins, one candidate is eliminated a round, ties are broken by earlier rounds and then by lot.
 */

/** A ranking as candidate ids, first preference first, and how many ballots carry it. */
export type RankedBallots = Readonly<{ ranking: readonly string[]; count: number }>;

/** How a tie was broken: by the counts of an earlier round (numbered from 1), or by the order drawn before the election. */
export type TieBreak =
  | Readonly<{ tied: readonly string[]; by: "earlier-round"; round: number }>
  | Readonly<{ tied: readonly string[]; by: "lot" }>;

export type Round = Readonly<{
  /** From 1. */
  number: number;
  /** Votes of each candidate who is still in, in the order of the ballot. */
  votes: ReadonlyMap<string, number>;
  /** Ballots that still name a candidate who is in. */
  continuing: number;
  /** Ballots that no longer do, all rounds up to this one together. */
  exhausted: number;
  /** Votes that win: more than half of the continuing ballots. */
  threshold: number;
  /** Who goes out after this round; undefined in the last. */
  eliminated?: string;
  /** Where the votes of the eliminated go; what names nobody who is left is exhausted. */
  transfers: ReadonlyMap<string, number>;
  transferredToExhausted: number;
  /** The tie that was broken in this round, for elimination or for the win. */
  tieBreak?: TieBreak;
}>;

export type RankedOutcome =
  | Readonly<{ kind: "elected"; candidateId: string }>
  /** A tie that no rule breaks; nobody is picked. */
  | Readonly<{ kind: "tie"; tied: readonly string[]; over: "win" | "elimination" }>
  | Readonly<{ kind: "no-ballots" }>;

export type RankedCount = Readonly<{ rounds: readonly Round[]; outcome: RankedOutcome }>;

/** The ballots that count for one candidate, and how far down each has been read. */
type Pile = { ballots: RankedBallots; position: number }[];

/** Votes that win among so many continuing ballots. */
export function majorityOf(continuing: number): number {
  return Math.floor(continuing / 2) + 1;
}

/**
 * Who of the tied goes out: the one with the fewest votes in the latest earlier round in which they differ; failing that, the
 * one drawn last. Undefined when no order was drawn.
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
 * @param candidateIds everybody who stands, in the order of the ballot
 * @param ballots distinct rankings of those who stand, nobody twice; an empty ranking is exhausted from the start
 * @param tieBreakOrder everybody who stands in the order drawn by lot: the first named wins a tie
 */
export function countRanked(
  candidateIds: readonly string[],
  ballots: Iterable<RankedBallots>,
  tieBreakOrder?: readonly string[],
): RankedCount {
  const piles = new Map<string, Pile>(candidateIds.map((id) => [id, []]));
  const votes = new Map<string, number>(candidateIds.map((id) => [id, 0]));
  let exhausted = 0;

  /** Puts a ranking on the pile of its next candidate who is in, at or after `from`; returns whose, or undefined. */
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
    // Two are left and level: who would go out loses, the other wins, and nothing is transferred.
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

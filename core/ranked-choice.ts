import { harmlessTies } from "#core/harmless-ties.ts";
import {
  continuingIn,
  eliminate,
  firstStanding,
  majorityOf,
  type RankedBallots,
  type RankedOutcome,
  stepAfter,
} from "#core/ranked-standing.ts";
import type { TieBreak, TieRules, Votes } from "#core/ties.ts";

/**
 * Instant run-off. The rules, with their sources, are in docs/counting.md: a majority of the continuing ballots wins, and one
 * candidate is eliminated a round, but for those tied who cannot reach the next together.
 */

export type Round = Readonly<{
  /** From 1. */
  number: number;
  /** Votes of each continuing candidate, in the order of the ballot. */
  votes: Votes;
  /** Ballots that still rank a continuing candidate. */
  continuing: number;
  /** Ballots that no longer do, over all rounds so far. */
  exhausted: number;
  /** Votes needed to win: more than half of the continuing ballots. */
  threshold: number;
  /** Who is eliminated after this round: one, or several together; nobody in the last. */
  eliminated: readonly string[];
  /** Votes of the eliminated by the candidate they go to; the rest are exhausted. */
  transfers: Votes;
  /** The same for each of the eliminated. */
  transfersFrom: ReadonlyMap<string, Votes>;
  transferredToExhausted: number;
  /** The tie that was broken in this round, for elimination or for the win. */
  tieBreak?: TieBreak;
}>;

export type RankedCount = Readonly<{ rounds: readonly Round[]; outcome: RankedOutcome }>;

/**
 * Counts ranked ballots.
 * @param candidateIds all candidates, in the order of the ballot
 * @param ballots distinct rankings, without repeated or unknown candidates; an empty one is exhausted from the start
 */
export function countRanked(
  candidateIds: readonly string[],
  ballots: Iterable<RankedBallots>,
  rules: TieRules = { lots: [] },
): RankedCount {
  const isHarmless = harmlessTies(rules);
  const rounds: Round[] = [];
  let standing = firstStanding(candidateIds, ballots);
  for (;;) {
    const continuing = continuingIn(standing);
    const round = {
      number: rounds.length + 1,
      votes: standing.votes,
      continuing,
      exhausted: standing.exhausted,
      threshold: majorityOf(continuing),
    };
    const finish = (outcome: RankedOutcome, tieBreak?: TieBreak): RankedCount => {
      const nothing = { eliminated: [], transfers: new Map(), transfersFrom: new Map(), transferredToExhausted: 0 };
      return { rounds: [...rounds, { ...round, ...nothing, ...(tieBreak !== undefined && { tieBreak }) }], outcome };
    };

    let step = stepAfter(standing, rules);
    if (step.kind === "over") return finish(step.outcome, step.tieBreak);
    if (step.kind === "tie") {
      const { tied } = step;
      if (standing.votes.size === 2) return finish({ kind: "tie", tied, over: "win" });
      if (rules.isOld === true || !isHarmless(standing, tied))
        return finish({ kind: "tie", tied, over: "elimination" });
      step = { kind: "elimination", out: tied.slice(-1), tieBreak: { tied, by: "no-difference" } };
    }

    const { out: eliminated, tieBreak } = step;
    const { standing: after, transfers, transfersFrom } = eliminate(standing, eliminated);
    rounds.push({
      ...round,
      eliminated,
      transfers,
      transfersFrom,
      transferredToExhausted: after.exhausted - standing.exhausted,
      ...(tieBreak !== undefined && { tieBreak }),
    });
    standing = after;
  }
}

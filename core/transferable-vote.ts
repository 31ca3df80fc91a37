import type { RankedBallots } from "#core/ranked-standing.ts";
import { breakTie, type TieBreak, type TieRules, type Votes } from "#core/ties.ts";

/**
 * Single transferable vote, for several seats. The rules, with their sources, are in docs/counting.md: a fixed quota, the
 * surplus of everybody elected transferred by weighted inclusive Gregory fractions, else one elimination a round.
 *
 * Votes are whole numbers of hundred-thousandths, so that no figure depends on how a machine rounds.
 */

/** One vote. */
export const VOTE = 100_000;

export type TransferRound = Readonly<{
  /** From 1. */
  number: number;
  /** Of the continuing and the elected, in the order of the ballot. */
  votes: Votes;
  /** Of ballots that name nobody any more who is still in. */
  exhausted: number;
  /** Lost by rounding fractions down. */
  lost: number;
  /** Who is elected in this round, most votes first. */
  elected: readonly string[];
  /** Whose surplus is transferred after this round: all of these elected, unless the seats are filled. */
  surplusOf: readonly string[];
  /** Who is eliminated after this round: one, or nobody. */
  eliminated: readonly string[];
  /** Votes that move from each of these, by whom they go to. */
  transfersFrom: ReadonlyMap<string, Votes>;
  /** Votes that move from each of these to nobody. */
  exhaustedFrom: Votes;
  tieBreak?: TieBreak;
}>;

export type TransferCount = Readonly<{
  /** Votes that elect. */
  quota: number;
  rounds: readonly TransferRound[];
  /** In the order in which they were elected. */
  elected: readonly string[];
  /** A tie over an elimination that no rule breaks, and that matters; the seats that it leaves open. */
  open?: Readonly<{ tied: readonly string[]; seats: number }>;
}>;

/** Ballots with the same ranking and value, and the position of the candidate who has them. */
type Pile = readonly Readonly<{ ballots: RankedBallots; position: number; value: number }>[];

type Standing = Readonly<{
  votes: Votes;
  /** Of the continuing. */
  piles: ReadonlyMap<string, Pile>;
  elected: readonly string[];
  exhausted: number;
  lost: number;
  /** The votes of the rounds before, oldest first. */
  earlier: readonly Votes[];
}>;

/** Counts looked at to find out whether a tie matters; then it is taken to. */
const MOST_TRIED = 200;

const sumOf = (votes: Iterable<number>): number => [...votes].reduce((sum, count) => sum + count, 0);

/** `part` of `whole` as a fraction of `of`, rounded down. Products exceed what a number holds exactly. */
const fractionOf = (of: number, part: number, whole: number): number =>
  Number((BigInt(of) * BigInt(part)) / BigInt(whole));

const pileVotes = (pile: Pile): number => pile.reduce((sum, { ballots, value }) => sum + ballots.count * value, 0);

/** Ballots by their next candidate in `continuing`; under undefined those without one. */
function byNext(pile: Pile, continuing: ReadonlyMap<string, unknown>): ReadonlyMap<string | undefined, Pile> {
  const moved = pile.map(({ ballots, position: from, value }) => {
    let position = from + 1;
    while (position < ballots.ranking.length && !continuing.has(ballots.ranking[position] ?? "")) position++;
    return { ballots, position, value };
  });
  return Map.groupBy(moved, ({ ballots, position }) => ballots.ranking[position]);
}

/**
 * Counts ranked ballots for several seats.
 * @param candidateIds all candidates, in the order of the ballot
 * @param ballots distinct rankings, without repeated or unknown candidates; an empty one is exhausted from the start
 * @param vote one vote in the smallest unit: 10 to the power of the decimals
 */
export function countTransferable(
  candidateIds: readonly string[],
  ballots: Iterable<RankedBallots>,
  seats: number,
  rules: TieRules = { lots: [] },
  vote = VOTE,
): TransferCount {
  const first = byNext(
    [...ballots].map((one) => ({ ballots: one, position: -1, value: vote })),
    new Map(candidateIds.map((id) => [id, true])),
  );
  const piles = new Map(candidateIds.map((id) => [id, first.get(id) ?? []]));
  const start: Standing = {
    votes: new Map([...piles].map(([id, pile]) => [id, pileVotes(pile)])),
    piles,
    elected: [],
    exhausted: pileVotes(first.get(undefined) ?? []),
    lost: 0,
    earlier: [],
  };
  const valid = sumOf(start.votes.values()) / vote;
  const quota = (Math.floor(valid / (seats + 1)) + 1) * vote;
  let tried = 0;

  /** Moves these piles from their candidates, who are no longer continuing. */
  const transfer = (standing: Standing, from: ReadonlyMap<string, Pile>) => {
    const continuing = new Map([...standing.piles].filter(([id]) => !from.has(id)));
    const votes = new Map(standing.votes);
    const transfersFrom = new Map<string, Votes>();
    const exhaustedFrom = new Map<string, number>();
    for (const [id, pile] of from) {
      const moving = new Map<string, number>();
      for (const [to, arriving] of byNext(pile, continuing)) {
        const moved = pileVotes(arriving);
        if (to === undefined) exhaustedFrom.set(id, moved);
        else {
          continuing.set(to, [...(continuing.get(to) ?? []), ...arriving]);
          votes.set(to, (votes.get(to) ?? 0) + moved);
          moving.set(to, moved);
        }
      }
      transfersFrom.set(id, moving);
    }
    const exhausted = standing.exhausted + sumOf(exhaustedFrom.values());
    const after: Standing = {
      ...standing,
      votes,
      piles: continuing,
      exhausted,
      earlier: [...standing.earlier, standing.votes],
    };
    return { after, transfersFrom, exhaustedFrom };
  };

  /** Who goes out of the lowest, or a tie. */
  const lowestOf = ({ votes, piles: continuing, earlier }: Standing) => {
    const standing = [...continuing.keys()].map((id) => [id, votes.get(id) ?? 0] as const);
    const fewest = Math.min(...standing.map(([, count]) => count));
    const lowest = standing.filter(([, count]) => count === fewest);
    const ids = lowest.map(([id]) => id);
    // One at a time: those tied are not eliminated together, since seats may be left for them.
    return ids.length === 1 ? ({ kind: "broken", out: ids } as const) : breakTie(ids, new Map(lowest), earlier, rules);
  };

  const count = (from: Standing, isTrial: boolean): Pick<TransferCount, "elected" | "open" | "rounds"> => {
    const rounds: TransferRound[] = [];
    let standing = from;
    for (;;) {
      const round = {
        number: standing.earlier.length + 1,
        votes: standing.votes,
        exhausted: standing.exhausted,
        lost: standing.lost,
        elected: [] as readonly string[],
        surplusOf: [] as readonly string[],
        eliminated: [] as readonly string[],
        transfersFrom: new Map<string, Votes>(),
        exhaustedFrom: new Map<string, number>() as Votes,
      };
      const left = seats - standing.elected.length;
      const continuing = [...standing.piles.keys()].toSorted(
        (one, other) => (standing.votes.get(other) ?? 0) - (standing.votes.get(one) ?? 0),
      );
      const reached =
        continuing.length <= left ? continuing : continuing.filter((id) => (standing.votes.get(id) ?? 0) >= quota);
      const elected = [...standing.elected, ...reached];
      if (elected.length === seats || reached.length === continuing.length) {
        rounds.push({ ...round, elected: reached });
        return { rounds, elected };
      }
      if (reached.length > 0) {
        const surpluses = new Map(
          reached.map((id) => {
            const has = standing.votes.get(id) ?? 0;
            const fraction = fractionOf(vote, has - quota, has);
            const pile = (standing.piles.get(id) ?? []).map((one) => ({
              ...one,
              value: fractionOf(one.value, fraction, vote),
            }));
            return [id, pile] as const;
          }),
        );
        const { after, transfersFrom, exhaustedFrom } = transfer(standing, surpluses);
        const surplus = sumOf(reached.map((id) => (standing.votes.get(id) ?? 0) - quota));
        const moved = sumOf([...surpluses.values()].map(pileVotes));
        const votes = new Map([...after.votes].map(([id, has]) => [id, reached.includes(id) ? quota : has]));
        rounds.push({ ...round, elected: reached, surplusOf: reached, transfersFrom, exhaustedFrom });
        standing = { ...after, votes, elected, lost: standing.lost + surplus - moved };
        continue;
      }
      const lowest = lowestOf(standing);
      let out = lowest.kind === "broken" ? lowest.out : [];
      let tieBreak = "tieBreak" in lowest ? lowest.tieBreak : undefined;
      if (lowest.kind === "tie") {
        const { tied } = lowest;
        const ends = new Set<string>();
        for (const id of tied) {
          if (ends.size > 1 || ++tried > MOST_TRIED) break;
          const end = count(eliminate(standing, [id]).after, true);
          ends.add(JSON.stringify([end.elected.toSorted(), end.open?.tied.toSorted()]));
        }
        if (ends.size !== 1 || tried > MOST_TRIED) {
          rounds.push(round);
          return { rounds, elected, open: { tied, seats: left } };
        }
        out = tied.slice(-1);
        tieBreak = { tied, by: "no-difference" };
      }
      const { after, transfersFrom, exhaustedFrom } = eliminate(standing, out);
      if (!isTrial) {
        rounds.push({
          ...round,
          eliminated: out,
          transfersFrom,
          exhaustedFrom,
          ...(tieBreak !== undefined && { tieBreak }),
        });
      }
      standing = after;
    }
  };

  const eliminate = (standing: Standing, out: readonly string[]) => {
    const moved = transfer(standing, new Map(out.map((id) => [id, standing.piles.get(id) ?? []])));
    const votes = new Map([...moved.after.votes].filter(([id]) => !out.includes(id)));
    return { ...moved, after: { ...moved.after, votes } };
  };

  return valid === 0 ? { quota, rounds: [], elected: [] } : { quota, ...count(start, false) };
}

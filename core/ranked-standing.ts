import { breakTie, type TieBreak, type TieRules, type Votes } from "#core/ties.ts";

/** Where a ranked count stands between two rounds, and what follows. */

/** A ranking as candidate ids, first preference first, and how many ballots have it. */
export type RankedBallots = Readonly<{ ranking: readonly string[]; count: number }>;

export type RankedOutcome =
  /** `byLot` names those who had as many votes, where a lot drawn after closing decided a single choice. */
  | Readonly<{ kind: "elected"; candidateId: string; byLot?: readonly string[] }>
  /** A tie that no rule breaks, and that matters. */
  | Readonly<{ kind: "tie"; tied: readonly string[]; over: "win" | "elimination" }>
  | Readonly<{ kind: "no-ballots" }>;

/** Ballots that count for one candidate, and the position of that candidate in their ranking. */
type Placed = Readonly<{ ballots: RankedBallots; position: number }>;

export type Standing = Readonly<{
  /** Of the continuing candidates, in the order of the ballot. */
  votes: Votes;
  /** Their ballots, as they came; shared with other standings, so never changed. */
  piles: ReadonlyMap<string, readonly (readonly Placed[])[]>;
  exhausted: number;
  /** The votes of the rounds before, oldest first. */
  earlier: readonly Votes[];
  /** The places of the continuing by their votes in those, the latest first; equal where they never differed. */
  places: ReadonlyMap<string, number>;
}>;

/** The continuing candidates by their votes, then by those of the rounds before, fewest first; equal ones together. */
function ascending({ votes, places }: Standing): readonly (readonly string[])[] {
  const compare = (one: string, other: string): number =>
    (votes.get(one) ?? 0) - (votes.get(other) ?? 0) || (places.get(one) ?? 0) - (places.get(other) ?? 0);
  const groups: string[][] = [];
  for (const id of [...votes.keys()].toSorted(compare)) {
    const [last = id] = groups.at(-1) ?? [];
    if (groups.length > 0 && compare(last, id) === 0) groups.at(-1)?.push(id);
    else groups.push([id]);
  }
  return groups;
}

/**
 * Standings of one election in which this is the same go on alike: votes follow from who is left, and ties look at no more of
 * the past than the order in it.
 */
export function futureOf(standing: Standing): string {
  return ascending(standing)
    .map((equal) => equal.join("="))
    .join("<");
}

/** Puts ballots with their next candidate in `piles`. */
function nextPiles(
  ballots: Iterable<Placed>,
  piles: ReadonlyMap<string, unknown>,
): Readonly<{ arrived: ReadonlyMap<string, readonly Placed[]>; toExhausted: number; moved: number }> {
  const arrived = new Map<string, Placed[]>();
  let toExhausted = 0;
  let moved = 0;
  for (const { ballots: one, position: from } of ballots) {
    moved++;
    let position = from + 1;
    while (position < one.ranking.length && !piles.has(one.ranking[position] ?? "")) position++;
    const candidateId = one.ranking[position];
    if (candidateId === undefined) {
      toExhausted += one.count;
      continue;
    }
    const pile = arrived.get(candidateId);
    if (pile === undefined) arrived.set(candidateId, [{ ballots: one, position }]);
    else pile.push({ ballots: one, position });
  }
  return { arrived, toExhausted, moved };
}

const votesIn = (pile: readonly Placed[]): number => pile.reduce((sum, { ballots }) => sum + ballots.count, 0);

/** Every ballot with its first candidate. */
export function firstStanding(candidateIds: readonly string[], ballots: Iterable<RankedBallots>): Standing {
  function* all(): Generator<Placed> {
    for (const one of ballots) yield { ballots: one, position: -1 };
  }
  const { arrived, toExhausted } = nextPiles(all(), new Map(candidateIds.map((id) => [id, 0])));
  return {
    votes: new Map(candidateIds.map((id) => [id, votesIn(arrived.get(id) ?? [])])),
    piles: new Map(candidateIds.map((id) => [id, [arrived.get(id) ?? []]])),
    exhausted: toExhausted,
    earlier: [],
    places: new Map(),
  };
}

export type Elimination = Readonly<{
  /** What is left. */
  standing: Standing;
  /** Votes of the eliminated by the candidate they go to; the rest are exhausted. */
  transfers: Votes;
  /** The same for each of the eliminated. */
  transfersFrom: ReadonlyMap<string, Votes>;
  /** Rankings that were looked at. */
  moved: number;
}>;

export function eliminate(before: Standing, out: readonly string[]): Elimination {
  const votes = new Map(before.votes);
  const piles = new Map(before.piles);
  for (const id of out) {
    votes.delete(id);
    piles.delete(id);
  }
  let { exhausted } = before;
  let all = 0;
  const transfers = new Map<string, number>();
  const transfersFrom = new Map<string, Votes>();
  for (const from of out) {
    const { arrived, toExhausted, moved } = nextPiles((before.piles.get(from) ?? []).flat(), piles);
    const moving = new Map([...arrived].map(([id, pile]) => [id, votesIn(pile)]));
    for (const [id, pile] of arrived) {
      piles.set(id, [...(piles.get(id) ?? []), pile]);
      votes.set(id, (votes.get(id) ?? 0) + (moving.get(id) ?? 0));
      transfers.set(id, (transfers.get(id) ?? 0) + (moving.get(id) ?? 0));
    }
    transfersFrom.set(from, moving);
    exhausted += toExhausted;
    all += moved;
  }
  const places = new Map(ascending(before).flatMap((equal, place) => equal.map((id) => [id, place] as const)));
  const standing = { votes, piles, exhausted, earlier: [...before.earlier, before.votes], places };
  return { standing, transfers, transfersFrom, moved: all };
}

/** Votes of the continuing candidates together. */
export function continuingIn({ votes }: Pick<Standing, "votes">): number {
  return [...votes.values()].reduce((sum, count) => sum + count, 0);
}

/** Votes needed to win among this many continuing ballots. */
export function majorityOf(continuing: number): number {
  return Math.floor(continuing / 2) + 1;
}

/** What follows from a standing. */
export type Step =
  | Readonly<{ kind: "over"; outcome: RankedOutcome; tieBreak?: TieBreak }>
  | Readonly<{ kind: "elimination"; out: readonly string[]; tieBreak?: TieBreak }>
  /** For elimination, or for the win of the last two; nothing breaks it. */
  | Readonly<{ kind: "tie"; tied: readonly string[] }>;

export function stepAfter({ votes, earlier }: Standing, rules: TieRules): Step {
  const continuing = continuingIn({ votes });
  if (continuing === 0) return { kind: "over", outcome: { kind: "no-ballots" } };
  const winner = [...votes].find(([, count]) => count >= majorityOf(continuing));
  if (winner !== undefined) return { kind: "over", outcome: { kind: "elected", candidateId: winner[0] } };

  const fewest = Math.min(...votes.values());
  const lowest = [...votes].filter(([, count]) => count === fewest).map(([id]) => id);
  if (lowest.length === 1) return { kind: "elimination", out: lowest };
  const broken = breakTie(lowest, votes, earlier, rules);
  if (broken.kind === "tie") return broken;
  const { out, tieBreak } = broken;
  // Two are left and tied: the weaker loses, the other wins, and nothing is transferred.
  const [winnerId] = votes.size === 2 ? [...votes.keys()].filter((id) => !out.includes(id)) : [];
  return winnerId === undefined
    ? { kind: "elimination", out, tieBreak }
    : { kind: "over", outcome: { kind: "elected", candidateId: winnerId }, tieBreak };
}

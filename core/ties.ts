/** How ties are broken, in this order; the rules, with their sources, are in docs/counting.md. */

/** Votes by candidate. */
export type Votes = ReadonlyMap<string, number>;

/** An order drawn by lot: the first of those tied wins. It breaks every tie of candidates who are all in it. */
export type Lot = Readonly<{ order: readonly string[]; drawn: "before-the-election" | "after-closing" }>;

export type TieRules = Readonly<{
  /** In the order in which they were drawn. */
  lots: readonly Lot[];
  /** As counted up to the certificates of format 3: a tie that no rule breaks ends the count, even if it cannot matter. */
  isOld?: boolean;
}>;

/**
 * What broke a tie between these, who were still tied at the step that decided:
 * - their votes in an earlier round, numbered from 1
 * - together they cannot reach the next candidate, so all are eliminated
 * - a lot
 * - nothing needed to: whoever is eliminated, the same candidate is elected
 */
export type TieBreak =
  | Readonly<{ tied: readonly string[]; by: "earlier-round"; round: number }>
  | Readonly<{ tied: readonly string[]; by: "together" | "lot" | "lot-after-closing" | "no-difference" }>;

export type BrokenTie =
  | Readonly<{ kind: "broken"; out: readonly string[]; tieBreak: TieBreak }>
  /** Between those whom earlier rounds do not tell apart. */
  | Readonly<{ kind: "tie"; tied: readonly string[] }>;

/** The first lot that names all of those tied. */
export function lotBetween(tied: readonly string[], lots: readonly Lot[]): Lot | undefined {
  return lots.find(({ order }) => tied.every((id) => order.includes(id)));
}

export function lotWord({ drawn }: Lot): "lot" | "lot-after-closing" {
  return drawn === "after-closing" ? "lot-after-closing" : "lot";
}

/**
 * The fewest candidates, the lowest first, all of the tied among them, whose votes together are fewer than those of the next. They
 * go out before the next whatever the order, so that all go out at once. Undefined when there are none.
 */
function hopelessWith(lowest: readonly string[], votes: Votes): readonly string[] | undefined {
  const ascending = [...votes].toSorted(([, a], [, b]) => a - b);
  let sum = 0;
  for (const [index, [, count]] of ascending.entries()) {
    if (index >= lowest.length && sum < count) return ascending.slice(0, index).map(([id]) => id);
    sum += count;
  }
  return undefined;
}

/**
 * Who goes out of those with the fewest votes.
 * @param votes of all continuing candidates
 * @param earlier the votes of the rounds before, oldest first
 */
export function breakTie(
  lowest: readonly string[],
  votes: Votes,
  earlier: readonly Votes[],
  { lots, isOld = false }: TieRules,
): BrokenTie {
  const named = (tied: readonly string[]): readonly string[] => (isOld ? lowest : tied);
  let tied = lowest;
  for (const [index, before] of [...earlier.entries()].toReversed()) {
    const fewest = Math.min(...tied.map((id) => before.get(id) ?? 0));
    const left = tied.filter((id) => (before.get(id) ?? 0) === fewest);
    if (left.length === 1) {
      return { kind: "broken", out: left, tieBreak: { tied: named(tied), by: "earlier-round", round: index + 1 } };
    }
    tied = left;
  }
  const hopeless = isOld ? undefined : hopelessWith(lowest, votes);
  if (hopeless !== undefined) return { kind: "broken", out: hopeless, tieBreak: { tied, by: "together" } };
  const lot = lotBetween(tied, lots);
  if (lot === undefined) return { kind: "tie", tied: named(tied) };
  const last = lot.order.filter((id) => tied.includes(id)).slice(-1);
  return { kind: "broken", out: last, tieBreak: { tied: named(tied), by: lotWord(lot) } };
}

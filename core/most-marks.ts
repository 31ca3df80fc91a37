import { type Lot, lotBetween, lotWord, type Votes } from "#core/ties.ts";

/** Who is elected where ballots mark names: those with the most marks, as many as there are seats. */

/** A tie for the last seats, and how many of those tied they are for. */
export type SeatTie = Readonly<{ tied: readonly string[]; seats: number }>;

export type MarkedOutcome = Readonly<{
  /** Most marks first, those with as many in the order of the ballot; those elected by lot last. */
  elected: readonly string[];
  /** A tie that no rule breaks: its seats stay open. */
  open?: SeatTie;
  /** The tie that a lot broke. */
  byLot?: SeatTie & Readonly<{ by: ReturnType<typeof lotWord> }>;
}>;

/**
 * Fills the seats from the most marks down. Those tied for the last seats are elected in the order of a lot that names them
 * all; without one they are named, and none of them is elected.
 * @param votes marks by candidate, in the order of the ballot
 */
export function electedByMarks(votes: Votes, seats: number, lots: readonly Lot[]): MarkedOutcome {
  const ordered = [...votes].toSorted(([, one], [, other]) => other - one);
  const last = ordered[seats - 1]?.[1] ?? 0;
  const idsOf = (those: typeof ordered): readonly string[] => those.map(([candidateId]) => candidateId);
  const sure = idsOf(ordered.filter(([, marks]) => marks > last));
  const tied = idsOf(ordered.filter(([, marks]) => marks === last));
  const left = seats - sure.length;
  if (tied.length <= left) return { elected: [...sure, ...tied] };
  const tie = { tied, seats: left };
  const lot = lotBetween(tied, lots);
  if (lot === undefined) return { elected: sure, open: tie };
  const drawn = lot.order.filter((id) => tied.includes(id)).slice(0, left);
  return { elected: [...sure, ...drawn], byLot: { ...tie, by: lotWord(lot) } };
}

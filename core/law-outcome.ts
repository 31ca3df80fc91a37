import type { LawDefinition } from "#core/contest.ts";
import type { Share } from "#core/election.ts";

/** Whether a law is adopted, by the quorum and majority in its definition. */

export const DECIDED_LAW_OUTCOMES = ["adopted", "rejected", "quorum-not-reached"] as const;
export const LAW_OUTCOMES = [...DECIDED_LAW_OUTCOMES, "undecided"] as const;

/** What a law's outcome depends on, in ballots and voters. */
export type LawFigures = Readonly<{
  oui: number;
  /** Votes for either answer: neither blank nor spoiled. */
  total: number;
  /** Ballots that voters cast: everything in the box but what was set aside. */
  ballots: number;
  onRoll: number;
}>;

/**
 * A share as a number from 0 to 1. Division rounds to the nearest number, so counts with exactly that share compare as equal:
 * 2 of 3 votes are 2/3, 55 of 100 are 0.55.
 */
export function shareAsNumber(share: Share): number {
  if (typeof share === "number") return share;
  const [part, whole] = share.split("/").map(Number);
  return (part ?? 0) / (whole ?? 1);
}

/** Whether enough voters on the roll took part; blank and spoiled ballots count. */
export function hasQuorum({ quorum }: LawDefinition, { ballots, onRoll }: LawFigures): boolean {
  if (quorum === undefined) return true;
  return ballots >= 1 && onRoll >= 1 && ballots / onRoll >= shareAsNumber(quorum);
}

/** Whether `oui` has the required share of the votes; false without any votes. */
export function hasMajority({ requiredMajority: { share, kind } }: LawDefinition, { oui, total }: LawFigures): boolean {
  if (total === 0) return false;
  const reached = oui / total;
  const required = shareAsNumber(share);
  return kind === "more-than" ? reached > required : reached >= required;
}

/**
 * The outcome of a law, once voting is closed and all is counted. Blank and spoiled ballots count towards the quorum, since
 * those voters took part, but not towards the majority. Without a vote for either answer the law is rejected.
 */
export function lawOutcome(definition: LawDefinition, figures: LawFigures): (typeof DECIDED_LAW_OUTCOMES)[number] {
  if (!hasQuorum(definition, figures)) return "quorum-not-reached";
  return hasMajority(definition, figures) ? "adopted" : "rejected";
}

/** The least count from 0 to `whole` for which this holds, near a share of it; one more than the whole where none does. */
function least(share: Share, whole: number, holds: (count: number) => boolean): number {
  let count = Math.max(0, Math.floor(shareAsNumber(share) * whole) - 1);
  while (count <= whole && !holds(count)) count++;
  return count;
}

/** How many more of the same votes would have to be `oui`; 0 with the majority. */
export function missingToMajority(definition: LawDefinition, figures: LawFigures): number {
  const isEnough = (oui: number): boolean => hasMajority(definition, { ...figures, oui });
  return Math.max(0, least(definition.requiredMajority.share, figures.total, isEnough) - figures.oui);
}

/** How many more ballots it takes; 0 with the quorum, without one, or with nobody on the roll. */
export function missingToQuorum(definition: LawDefinition, figures: LawFigures): number {
  if (figures.onRoll === 0) return 0;
  const isEnough = (ballots: number): boolean => hasQuorum(definition, { ...figures, ballots });
  return Math.max(0, least(definition.quorum ?? 0, figures.onRoll, isEnough) - figures.ballots);
}

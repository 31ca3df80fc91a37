import { contestRegionIds, phaseAt } from "#core/contest.ts";
import type { Election, ElectionDefinition } from "#core/election.ts";
import { type ContestCount, type ElectionCount, percentage } from "#core/results.ts";

/** What may be told of an election's count at an instant. Embargo and privacy threshold are decided here and nowhere else. */

/** Why a contest's result is not shown yet. */
export const EMBARGOES = ["not-open", "after-vote", "after-close", "minimum-ballots"] as const;
export type Embargo = (typeof EMBARGOES)[number];

/**
 * Why no result of this election may be shown at an instant; undefined when results may be. After closing, all may.
 * @param hasVoted whether the person who asks has shown that their ballot was accepted in this election
 */
export function embargoOn(definition: ElectionDefinition, atMs: number, hasVoted = false): Embargo | undefined {
  const phase = phaseAt(definition, atMs);
  if (phase === "closed") return undefined;
  if (phase === "upcoming") return "not-open";
  if (definition.results === "after_close") return "after-close";
  return definition.results === "after_vote" && !hasVoted ? "after-vote" : undefined;
}

/**
 * Whether a contest has too few ballots for a live result: combined with knowing who just voted, a small count reveals how.
 * A minimum of 1 withholds nothing, not even zero.
 */
export function isBelowPrivacyThreshold(definition: ElectionDefinition, ballots: number, atMs: number): boolean {
  if (definition.minimumBallots === 1 || phaseAt(definition, atMs) === "closed") return false;
  return ballots < definition.minimumBallots;
}

/**
 * Ballots cast, rounded down to a multiple of the privacy threshold: what turnout shows while any of the result is withheld.
 * Once all of it is shown, its counts add up to the turnout and rounding would hide nothing.
 */
export function roundToPrivacyThreshold(definition: ElectionDefinition, ballots: number): number {
  return Math.floor(ballots / definition.minimumBallots) * definition.minimumBallots;
}

/** An election's count from tallies read at `atMs`. */
export type CountAt = ElectionCount & Readonly<{ atMs: number }>;

type Polled = Pick<Election, "definition"> & Readonly<{ rollCounts: ReadonlyMap<string, number> }>;

export type Turnout = Readonly<{
  ballots: number;
  onRoll: number;
  /** Two decimals. */
  percentage: number;
}>;

export type Shown = Readonly<{
  embargo: Embargo | null;
  /** The contests asked for, without the withheld ones, by region id. */
  contests: ReadonlyMap<string, ContestCount>;
  /** The same as one. Tell nothing of it while there is an embargo. */
  count: ContestCount;
  turnout: Turnout;
  regionsWithheld: readonly string[];
}>;

/** What may be shown of one region, or of all regions together when `regionId` is undefined. */
export function show(
  { definition, rollCounts }: Polled,
  { atMs, byRegion, together }: CountAt,
  regionId: string | undefined,
  hasVoted: boolean,
): Shown {
  const regionIds = regionId === undefined ? contestRegionIds(definition) : [regionId];
  const asked = [...byRegion].filter(([id]) => regionId === undefined || id === regionId);
  // A sum that held a withheld region would give it away by subtraction.
  const withheld = asked.filter(([, { ballots }]) => isBelowPrivacyThreshold(definition, ballots, atMs));
  const shown = asked.filter((contest) => !withheld.includes(contest));
  const embargo = embargoOn(definition, atMs, hasVoted) ?? (shown.length === 0 ? "minimum-ballots" : null);

  const cast = asked.reduce((sum, [, { ballots }]) => sum + ballots, 0);
  const ballots = embargo === null && withheld.length === 0 ? cast : roundToPrivacyThreshold(definition, cast);
  const onRoll = regionIds.reduce((sum, id) => sum + (rollCounts.get(id) ?? 0), 0);
  const [only] = regionId === undefined ? [] : asked;
  return {
    embargo,
    contests: new Map(shown),
    count: only?.[1] ?? together(shown.map(([, contest]) => contest)),
    turnout: { ballots, onRoll, percentage: percentage(ballots, onRoll) },
    regionsWithheld: withheld.map(([id]) => id),
  };
}

/** What may be told of an election as a whole. */
export type Overview = Readonly<{
  embargo: Embargo | null;
  turnout: Turnout;
  /** Its ballots are rounded down to a multiple of this; 1 when they are exact. */
  roundedTo: number;
  /** Undefined while any part of the result is withheld. */
  spoiled: number | undefined;
}>;

/** The overview that everybody may have, whether or not they voted. */
export function overviewOf(election: Polled, counted: CountAt): Overview {
  const { embargo, turnout, count, regionsWithheld } = show(election, counted, undefined, false);
  const isWhole = embargo === null && regionsWithheld.length === 0;
  return {
    embargo,
    turnout,
    roundedTo: isWhole ? 1 : election.definition.minimumBallots,
    spoiled: isWhole ? count.totals().spoiled : undefined,
  };
}

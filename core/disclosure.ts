import { contestRegionIds, isTrustees, type Phase, votingPhaseAt } from "#core/contest.ts";
import type { Election, ElectionDefinition } from "#core/election.ts";
import { percentage } from "#core/percentage.ts";
import { type GrowthPoint, type PublishedState, type Stage, stageAt } from "#core/published-state.ts";
import { type ContestCount, countElection, type ElectionCount, type Tally } from "#core/results.ts";

/**
 * What may be told of an election's count at an instant. Embargo and privacy threshold are decided here and nowhere else;
 * published-state.ts has the rule by which counts follow each other.
 */

/** Why a contest's result is not shown yet. */
export const EMBARGOES = ["not-open", "after-vote", "after-close", "being-opened", "minimum-ballots"] as const;
export type Embargo = (typeof EMBARGOES)[number];

/** An election as far as it says what may be shown of it. */
type Disclosed = Pick<Election, "definition" | "opening"> &
  Readonly<{
    /** Whether trustees have opened its ballots, where they do; until then nobody has a count. */
    isOpened?: boolean | undefined;
  }>;

/**
 * Why no result of this election may be shown at an instant; undefined when results may be. After closing, all may, once they are opened.
 * @param hasVoted whether the person who asks has shown that their ballot was accepted in this election
 */
export function embargoOn(election: Disclosed, atMs: number, hasVoted = false): Embargo | undefined {
  const { definition } = election;
  const phase = votingPhaseAt(election, atMs);
  if (phase === "closed" && stageAt(definition, atMs) !== "in-steps") {
    return isTrustees(definition) && election.isOpened !== true ? "being-opened" : undefined;
  }
  if (phase === "upcoming" || phase === "cancelled") return "not-open";
  if (definition.results === "after_close") return "after-close";
  return definition.results === "after_vote" && !hasVoted ? "after-vote" : undefined;
}

/** What may be counted of an election at an instant, and how it is shown. */
export type CountAt = ElectionCount &
  Readonly<{
    atMs: number;
    stage: Stage;
    /** Contests of which nothing may be shown yet, by region id. They count as having no ballots. */
    withheld: ReadonlySet<string>;
    /** How the count shown grew; empty when exact. */
    growth: readonly GrowthPoint[];
  }>;

/** An election's count from its tallies by region, which must be shown exactly: `stageAt` says when. */
export function exactCount(definition: ElectionDefinition, tallies: ReadonlyMap<string, Tally>, atMs: number): CountAt {
  return { ...countElection(definition, tallies), atMs, stage: "exact", withheld: new Set(), growth: [] };
}

/** An election's count as published. */
export function publishedCount(definition: ElectionDefinition, state: PublishedState, atMs: number): CountAt {
  const shown = [...state.contests].flatMap(([id, contest]): readonly (readonly [string, Tally])[] =>
    contest.shown === undefined ? [] : [[id, contest.shown]],
  );
  const tallies = new Map(shown);
  return {
    ...countElection(definition, tallies),
    atMs,
    stage: state.isClosed ? "late" : "in-steps",
    withheld: new Set(contestRegionIds(definition).filter((id) => !tallies.has(id))),
    growth: state.growth,
  };
}

type Polled = Disclosed &
  Readonly<{
    rollCounts: ReadonlyMap<string, number>;
    votedElsewhere?: ReadonlyMap<string, number>;
  }>;

export type Turnout = Readonly<{
  ballots: number;
  onRoll: number;
  /** Who of them voted on paper or by mail: no ballots of these. */
  votedElsewhere: number;
  /** As percentage() gives it. */
  percentage: number;
}>;

export type Shown = Readonly<{
  embargo: Embargo | null;
  /** The phase of what is shown: `closed` once it is the count made after closing, seconds after the closing time. */
  phase: Exclude<Phase, "cancelled">;
  /** The contests asked for, without the withheld ones, by region id. */
  contests: ReadonlyMap<string, ContestCount>;
  /** The same as one. Tell nothing of it while there is an embargo. */
  count: ContestCount;
  /** The ballots of what is shown, or would be without an embargo: no contest's turnout is ahead of its result. */
  turnout: Turnout;
  regionsWithheld: readonly string[];
}>;

/**
 * What may be shown of one region, or of all regions together when `regionId` is undefined.
 * @throws RangeError for a cancelled election, of which nothing is counted
 */
export function show(
  election: Polled,
  { atMs, stage, withheld, byRegion, together }: CountAt,
  regionId: string | undefined,
  hasVoted: boolean,
): Shown {
  const { definition, rollCounts, votedElsewhere = new Map<string, number>() } = election;
  const regionIds = regionId === undefined ? contestRegionIds(definition) : [regionId];
  const asked = [...byRegion].filter(([id]) => regionId === undefined || id === regionId);
  const shown = asked.filter(([id]) => !withheld.has(id));
  const embargo = embargoOn(election, atMs, hasVoted) ?? (shown.length === 0 ? "minimum-ballots" : null);

  const phase = votingPhaseAt(election, atMs);
  if (phase === "cancelled") throw new RangeError(`election ${definition.electionId} is cancelled`);
  const ballots = shown.reduce((sum, [, contest]) => sum + contest.ballots, 0);
  const votersIn = (counts: ReadonlyMap<string, number>): number =>
    regionIds.reduce((sum, id) => sum + (counts.get(id) ?? 0), 0);
  const onRoll = votersIn(rollCounts);
  const [only] = regionId === undefined ? [] : asked;
  return {
    embargo,
    phase: phase === "closed" && stage === "in-steps" ? "open" : phase,
    contests: new Map(shown),
    count: only?.[1] ?? together(shown.map(([, contest]) => contest)),
    turnout: {
      ...{ ballots, onRoll, votedElsewhere: votersIn(votedElsewhere) },
      percentage: percentage(ballots, onRoll),
    },
    regionsWithheld: asked.flatMap(([id]) => (withheld.has(id) ? [id] : [])),
  };
}

/** What may be told of an election as a whole. */
export type Overview = Readonly<{
  embargo: Embargo | null;
  turnout: Turnout;
  /** What else is counted is rounded down to a multiple of this; 1 when it is exact. */
  roundedTo: number;
  /** Spoiled ballots among those shown; undefined while there is an embargo. */
  spoiled: number | undefined;
  growth: readonly GrowthPoint[];
}>;

/** The overview that everybody may have, whether or not they voted. */
export function overviewOf(election: Polled, counted: CountAt): Overview {
  const { embargo, turnout, count } = show(election, counted, undefined, false);
  return {
    embargo,
    turnout,
    roundedTo: counted.stage === "exact" ? 1 : election.definition.minimumBallots,
    spoiled: embargo === null ? count.totals().spoiled : undefined,
    growth: counted.growth,
  };
}

import { contestRegionIds } from "#core/contest.ts";
import type { ElectionDefinition } from "#core/election.ts";
import { ballotsIn, type Tally } from "#core/results.ts";
import { SPOILED } from "#core/selection.ts";

/**
 * When a contest's count may be shown. Two counts that anyone can see must not differ by fewer than `minimumBallots` ballots,
 * or their difference would say how these few voted. So a count is first set aside, and shown only once as many ballots again
 * have been counted after it; that way even the full count at closing differs enough from the last one shown. Spoiled ballots
 * do not count towards these: no vote hides behind one, and whoever writes to the votes table can add them.
 *
 * The state is stored, so that everybody sees the same one: storage/published-table.ts.
 */

/** A contest's counts. Each has at least `minimumBallots` ballots more than the one before that are not spoiled. */
export type PublishedContest = Readonly<{
  /** What everybody sees; undefined while nothing may be shown. */
  shown?: Tally;
  /** What is shown next. Nobody sees it yet. */
  next?: Tally;
}>;

/** The ballots shown in all contests together, at the end of a minute. */
export type GrowthPoint = Readonly<{ untilMs: number; ballots: number }>;

export type PublishedState = Readonly<{
  /** By region id. */
  contests: ReadonlyMap<string, PublishedContest>;
  /** Ascending: by minutes in the last hour, by quarter-hours before. */
  growth: readonly GrowthPoint[];
  /** Whether everything counted at closing has been shown. */
  isClosed: boolean;
}>;

export const NOTHING_PUBLISHED: PublishedState = { contests: new Map(), growth: [], isClosed: false };

/**
 * How counts are shown. `in-steps`: as above. `late`: everything counted at closing, then ballots decided late, in steps.
 * `exact`: whatever is counted.
 */
export type Stage = "in-steps" | "late" | "exact";

/**
 * After closing, the last ballots are still on their way to the tallies, and a function may not yet know of an extension:
 * definitions are kept for five seconds.
 */
const SETTLING_MS = 10_000;
/** A ballot whose number was guessed at may be decided a quarter of an hour after closing. */
const LATE_MS = 20 * 60_000;

/** How an election's counts are shown at an instant. A minimum of 1 hides nothing. */
export function stageAt({ minimumBallots, closesAt }: ElectionDefinition, atMs: number): Stage {
  const sinceClosingMs = atMs - Date.parse(closesAt);
  if (minimumBallots === 1 || sinceClosingMs >= LATE_MS) return "exact";
  return sinceClosingMs < SETTLING_MS ? "in-steps" : "late";
}

/** Whether figures may still change by themselves: until the last late ballots are counted. */
export const mayChange = ({ closesAt }: Pick<ElectionDefinition, "closesAt">, atMs: number): boolean =>
  atMs - Date.parse(closesAt) < LATE_MS;

const NO_BALLOTS: Tally = new Map();

/** Ballots behind which others can hide: all that are not spoiled. */
function hidingIn(tally: Tally): number {
  return ballotsIn(tally) - (tally.get(SPOILED) ?? 0);
}

/**
 * While voting is open. A count that falls, as an older reading's does, changes nothing: what it holds could differ from what
 * was shown by fewer ballots than their numbers do.
 */
function inSteps(minimum: number, contest: PublishedContest, counted: Tally): PublishedContest {
  const { next } = contest;
  if (hidingIn(counted) - hidingIn(next ?? NO_BALLOTS) < minimum) return contest;
  return { ...(next !== undefined && { shown: next }), next: counted };
}

function afterClosing(minimum: number, { shown }: PublishedContest, counted: Tally, isClosed: boolean): Tally {
  if (!isClosed || shown === undefined) return counted;
  return hidingIn(counted) - hidingIn(shown) >= minimum ? counted : shown;
}

/**
 * The state that follows, given the tallies by region; the same object when nothing changes. The tallies must have been read
 * after the state, and consistently: then every ballot of the state is among them.
 */
export function advance(
  definition: ElectionDefinition,
  state: PublishedState,
  tallies: ReadonlyMap<string, Tally>,
  atMs: number,
): PublishedState {
  const { minimumBallots } = definition;
  const isLate = stageAt(definition, atMs) === "late";
  // Once everything is shown, a slower clock does not take it back.
  const isClosed = isLate || state.isClosed;
  const contests = new Map(
    contestRegionIds(definition).map((regionId): readonly [string, PublishedContest] => {
      const contest = state.contests.get(regionId) ?? {};
      const counted = tallies.get(regionId) ?? NO_BALLOTS;
      if (!isClosed) return [regionId, inSteps(minimumBallots, contest, counted)];
      const shown = afterClosing(minimumBallots, contest, counted, state.isClosed);
      return [regionId, shown === contest.shown ? contest : { shown }];
    }),
  );
  const isSame = [...contests].every(([regionId, { shown, next }]) => {
    const before = state.contests.get(regionId);
    return before?.shown === shown && before?.next === next;
  });
  if (isSame && isClosed === state.isClosed) return state;
  return { contests, isClosed, growth: grown(state.growth, ballotsShown(contests), atMs) };
}

function ballotsShown(contests: PublishedState["contests"]): number {
  return [...contests.values()].reduce((sum, { shown = NO_BALLOTS }) => sum + ballotsIn(shown), 0);
}

/** All ballots that a state knows of, those set aside included. */
export function ballotsKnown({ contests }: PublishedState): number {
  return [...contests.values()].reduce((sum, { shown, next = shown }) => sum + ballotsIn(next ?? NO_BALLOTS), 0);
}

const MINUTE_MS = 60_000;
const QUARTER_MS = 15 * MINUTE_MS;
/** The last hour, and what was shown at its start. */
const MINUTES_KEPT_MS = 60 * MINUTE_MS + QUARTER_MS;

/** The end of an instant's step of the day. */
const endOf = (atMs: number, stepMs: number): number => (Math.floor(atMs / stepMs) + 1) * stepMs;

function grown(growth: readonly GrowthPoint[], ballots: number, atMs: number): readonly GrowthPoint[] {
  const untilMs = endOf(atMs, MINUTE_MS);
  if ((growth.at(-1)?.ballots ?? 0) === ballots) return growth;
  const points = [...growth.filter((point) => point.untilMs < untilMs), { untilMs, ballots }];
  const isLastOfQuarter = (index: number): boolean => {
    const quarterOf = (point: GrowthPoint | undefined) => endOf((point?.untilMs ?? 0) - 1, QUARTER_MS);
    return quarterOf(points[index]) !== quarterOf(points[index + 1]);
  };
  return points.filter((point, index) => point.untilMs > atMs - MINUTES_KEPT_MS || isLastOfQuarter(index));
}

/** The ballots shown until an instant. */
function shownUntil(growth: readonly GrowthPoint[], atMs: number): number {
  return growth.findLast(({ untilMs }) => untilMs <= atMs)?.ballots ?? 0;
}

/** By how many ballots the count shown grew in each of the minutes from an instant, itself on a full minute. */
export function growthByMinute(growth: readonly GrowthPoint[], fromMs: number, minutes: number): readonly number[] {
  return Array.from({ length: minutes }, (_, minute) => {
    const startMs = fromMs + minute * MINUTE_MS;
    return shownUntil(growth, startMs + MINUTE_MS) - shownUntil(growth, startMs);
  });
}

/** The ballots shown by the end of each quarter-hour in which their number changed. */
export function growthByQuarter(growth: readonly GrowthPoint[]): readonly GrowthPoint[] {
  const last = new Map(growth.map(({ untilMs, ballots }) => [endOf(untilMs - 1, QUARTER_MS), ballots]));
  return [...last].map(([untilMs, ballots]) => ({ untilMs, ballots }));
}

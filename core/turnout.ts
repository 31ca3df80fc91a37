import { type GrowthPoint, growthByQuarter } from "#core/published-state.ts";
import type { Tally } from "#core/results.ts";

/** Turnout over the day, by quarter-hours. */

const STEP_MS = 15 * 60_000;

/** The end of an instant's quarter-hour, `2026-11-21T07:15:00.000Z`. @throws RangeError for an invalid instant */
export function turnoutStep(castAt: string): string {
  return new Date((Math.floor(Date.parse(castAt) / STEP_MS) + 1) * STEP_MS).toISOString();
}

/** Ballots cast until an instant. */
export type TurnoutPoint = Readonly<{ until: string; ballots: number }>;

/**
 * Turnout over time, ascending: a point for each quarter-hour in which somebody voted, with the ballots cast until its end.
 * @param tally ballots by the end of their quarter-hour
 */
export function turnoutOverTime(tally: Tally): readonly TurnoutPoint[] {
  let cast = 0;
  return [...tally]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([until, count]) => {
      cast += count;
      return { until, ballots: cast };
    });
}

/** The same of a count that is shown in steps: the ballots that were shown by the end of each quarter-hour. */
export function turnoutShown(growth: readonly GrowthPoint[]): readonly TurnoutPoint[] {
  return growthByQuarter(growth).map(({ untilMs, ballots }) => ({ until: new Date(untilMs).toISOString(), ballots }));
}

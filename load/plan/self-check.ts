import { outcomeOf, simulateQueue } from "#load/plan/queue-simulation.ts";
import type { RunRecord } from "#load/scenarios/run-record.ts";
import { percentile } from "#load/shared/percentiles.ts";

/** Compares the simulation with a measured run, given its arrivals and how fast it was counted. */

export type Comparison = Readonly<{ what: string; measured: number; simulated: number; unit: string; within: number }>;

/** Relative; looks are 150 ms apart, and the simulation's step is a second. */
const TOLERANCE = 0.25;
const LEAST_SECONDS = 3;
/** How far off the depth of a queue may be, as a share of all votes. */
const DEPTH_TOLERANCE = 0.1;

/** The pace of the count while there was something to do. Throws RangeError when the run counted nothing. */
export function measuredPace({ seconds }: RunRecord): number {
  const countedIn = seconds.map(({ counted }, second) => counted - (seconds[second - 1]?.counted ?? 0));
  const busy = countedIn.filter((counted) => counted > 0);
  if (busy.length === 0) throw new RangeError("the run counted nothing");
  // The first and the last busy second are partial.
  return percentile(busy.length > 2 ? busy.slice(1, -1) : busy, 50);
}

/** The most votes that were accepted and not counted, at the end of any second. */
function mostBehind(accepted: readonly number[], countedAt: (second: number) => number): number {
  let [sum, most] = [0, 0];
  for (const [second, votes] of accepted.entries()) {
    sum += votes;
    most = Math.max(most, sum - countedAt(second));
  }
  return most;
}

/** Simulates what was accepted, at the pace at which it was counted, plus the seconds until the run's first count. */
export function compare(run: RunRecord): readonly Comparison[] {
  const pace = measuredPace(run);
  const accepted = run.seconds.map((second) => second.accepted);
  const lagSeconds = run.seconds.findIndex(({ counted }) => counted > 0);
  const simulated = simulateQueue(accepted, {
    admittedPerSecond: Number.POSITIVE_INFINITY,
    decidedPerValidation: pace,
    validations: { first: 1, morePerSecond: 0, most: 1 },
    storedPerSecond: Number.POSITIVE_INFINITY,
    countedPerSecond: Number.POSITIVE_INFINITY,
  });
  const outcome = outcomeOf(simulated);
  const lastCount = run.endToEndSeconds ?? 0;
  return [
    {
      what: "first post to last count",
      measured: lastCount,
      simulated: outcome.lastCountAtSecond + 1 + lagSeconds,
      unit: "s",
      within: Math.max(LEAST_SECONDS, TOLERANCE * lastCount),
    },
    {
      what: "most votes accepted and not yet counted",
      measured: mostBehind(accepted, (second) => run.seconds[second]?.counted ?? 0),
      simulated: mostBehind(accepted, (second) => simulated[second - lagSeconds]?.counted ?? 0),
      unit: "votes",
      within: Math.max(pace, DEPTH_TOLERANCE * run.votes),
    },
    { what: "votes counted", measured: run.counted, simulated: outcome.counted, unit: "votes", within: 0 },
  ];
}

export function agrees({ measured, simulated, within }: Comparison): boolean {
  return Math.abs(measured - simulated) <= within;
}

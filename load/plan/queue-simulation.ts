/** The pipeline as arithmetic, second by second: who is turned away, what waits, what is counted. */

/** What each step can take, in votes a second, above 0; Infinity where nothing limits it. */
export type Pipeline = Readonly<{
  /** Posts that are admitted; voters who are turned away try again a second later. */
  admittedPerSecond: number;
  /** Votes that one validation at a time decides. */
  decidedPerValidation: number;
  /** Concurrent validations: how many run when the queue begins to fill, how many more each second, and the most. */
  validations: Readonly<{ first: number; morePerSecond: number; most: number }>;
  storedPerSecond: number;
  countedPerSecond: number;
}>;

export type Moment = Readonly<{
  arrived: number;
  outside: number;
  waiting: number;
  uncounted: number;
  counted: number;
}>;

/** Turns a rate, which may be fractional, into whole votes. */
function meter(): (perSecond: number, most: number) => number {
  let left = 0;
  return (perSecond, most) => {
    if (perSecond === Number.POSITIVE_INFINITY) return most;
    const allowed = Math.floor(left + perSecond);
    // Only the fraction carries over: an idle step gathers no credit.
    left = left + perSecond - allowed;
    return Math.min(most, allowed);
  };
}

/** Simulates until the last vote is counted. Throws RangeError when a step takes nothing, since it would never end. */
export function simulateQueue(arrivals: Iterable<number>, pipeline: Pipeline): readonly Moment[] {
  const { admittedPerSecond, decidedPerValidation, validations, storedPerSecond, countedPerSecond } = pipeline;
  const { first, morePerSecond, most } = validations;
  const rates = [admittedPerSecond, decidedPerValidation, first, most, storedPerSecond, countedPerSecond];
  if (!rates.every((rate) => rate > 0) || morePerSecond < 0) {
    throw new RangeError("every step of a pipeline takes something");
  }
  const [admit, decide, count] = [meter(), meter(), meter()];
  const coming = arrivals[Symbol.iterator]();
  const moments: Moment[] = [];
  let running = Math.min(first, most);
  let [outside, waiting, uncounted, counted] = [0, 0, 0, 0];
  for (;;) {
    const next = coming.next();
    if (next.done === true && outside + waiting + uncounted === 0) return moments;
    const arrived = next.done === true ? 0 : next.value;
    const admitted = admit(admittedPerSecond, outside + arrived);
    outside += arrived - admitted;
    waiting += admitted;
    const decided = decide(Math.min(running * decidedPerValidation, storedPerSecond), waiting);
    waiting -= decided;
    uncounted += decided;
    const tallied = count(countedPerSecond, uncounted);
    uncounted -= tallied;
    counted += tallied;
    running = Math.min(most, waiting > 0 ? running + morePerSecond : first);
    moments.push({ arrived, outside, waiting, uncounted, counted });
  }
}

export function outcomeOf(moments: readonly Moment[]) {
  const most = (which: "outside" | "waiting" | "counted"): number =>
    moments.reduce((highest, moment) => Math.max(highest, moment[which]), 0);
  const [counted, mostOutside, mostWaiting] = [most("counted"), most("outside"), most("waiting")];
  return {
    counted,
    mostOutside,
    mostWaiting,
    mostWaitingAtSecond: Math.max(
      0,
      moments.findIndex(({ waiting }) => waiting === mostWaiting),
    ),
    lastCountAtSecond: Math.max(
      0,
      moments.findIndex((moment) => moment.counted === counted),
    ),
  };
}

/** Seconds from the acceptance of a vote to its decision at the worst moment of a complete day; 0 within the second. */
export function longestWaitSeconds(moments: readonly Moment[]): number {
  const decidedAt = (index: number): number => (moments[index]?.uncounted ?? 0) + (moments[index]?.counted ?? 0);
  let [longest, reached] = [0, 0];
  for (const [index, { waiting, uncounted, counted }] of moments.entries()) {
    const accepted = waiting + uncounted + counted;
    reached = Math.max(reached, index);
    while (reached < moments.length - 1 && decidedAt(reached) < accepted) reached++;
    longest = Math.max(longest, reached - index);
  }
  return longest;
}

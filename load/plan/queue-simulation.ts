/** The pipeline as arithmetic, second by second: who is turned away, what waits, what is counted. */

/** What each step can take, in votes a second, above 0; Infinity where nothing holds it back. */
export type Pipeline = Readonly<{
  /** Posts that are let in; who is turned away tries again a second later. */
  admittedPerSecond: number;
  /** Votes that one validation at a time decides. */
  decidedPerValidation: number;
  /** Validations at once: how many run when the queue begins to fill, how many more each second, and the most. */
  validations: Readonly<{ first: number; morePerSecond: number; most: number }>;
  /** What the table of votes takes. */
  storedPerSecond: number;
  /** What the count of the stream takes. */
  countedPerSecond: number;
}>;

/** The pipeline at the end of a second. */
export type Moment = Readonly<{
  second: number;
  /** Voters that came in this second. */
  arrived: number;
  /** Voters who were turned away and will try again. */
  outside: number;
  /** Votes in the queue. */
  waiting: number;
  /** Stored ballots that no tally has yet. */
  uncounted: number;
  /** Votes counted since the start. */
  counted: number;
}>;

/** Hands out whole votes at a rate, which need not be whole. */
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

function checkRates({ admittedPerSecond, decidedPerValidation, validations, ...others }: Pipeline): void {
  const rates = [
    admittedPerSecond,
    decidedPerValidation,
    validations.first,
    validations.most,
    others.storedPerSecond,
    others.countedPerSecond,
  ];
  if (!rates.every((rate) => rate > 0) || validations.morePerSecond < 0) {
    throw new RangeError("every step of a pipeline takes something");
  }
}

/**
 * Sends voters through a pipeline, second by second, until the last vote is counted. Whoever arrived is outside, waiting,
 * uncounted or counted. Throws RangeError when a step takes nothing, since it would never end.
 */
export function* simulateQueue(arrivals: Iterable<number>, pipeline: Pipeline): Generator<Moment> {
  checkRates(pipeline);
  const { admittedPerSecond, decidedPerValidation, validations, storedPerSecond, countedPerSecond } = pipeline;
  const [admit, decide, count] = [meter(), meter(), meter()];
  const coming = arrivals[Symbol.iterator]();
  let running = Math.min(validations.first, validations.most);
  let [outside, waiting, uncounted, counted] = [0, 0, 0, 0];
  for (let second = 0; ; second++) {
    const next = coming.next();
    const arrived = next.done === true ? 0 : next.value;
    if (next.done === true && outside + waiting + uncounted === 0) return;

    const admitted = admit(admittedPerSecond, outside + arrived);
    outside += arrived - admitted;
    waiting += admitted;
    const decided = decide(Math.min(running * decidedPerValidation, storedPerSecond), waiting);
    waiting -= decided;
    uncounted += decided;
    const tallied = count(countedPerSecond, uncounted);
    uncounted -= tallied;
    counted += tallied;
    running =
      waiting > 0
        ? Math.min(validations.most, running + validations.morePerSecond)
        : Math.min(validations.first, validations.most);
    yield { second, arrived, outside, waiting, uncounted, counted };
  }
}

export type Outcome = Readonly<{
  counted: number;
  /** The most voters who had to try again at one time. */
  mostOutside: number;
  mostWaiting: number;
  mostUncounted: number;
  /** The second after the start in which most waited. */
  mostWaitingAtSecond: number;
  /** The second in which the last vote was counted. */
  lastCountAtSecond: number;
}>;

/** The worst of a simulated day. `see` is shown each moment as it passes. */
export function outcomeOf(moments: Iterable<Moment>, see?: (moment: Moment) => void): Outcome {
  let outcome: Outcome = {
    counted: 0,
    mostOutside: 0,
    mostWaiting: 0,
    mostUncounted: 0,
    mostWaitingAtSecond: 0,
    lastCountAtSecond: 0,
  };
  for (const moment of moments) {
    const { second, outside, waiting, uncounted, counted } = moment;
    outcome = {
      counted,
      mostOutside: Math.max(outcome.mostOutside, outside),
      mostWaiting: Math.max(outcome.mostWaiting, waiting),
      mostUncounted: Math.max(outcome.mostUncounted, uncounted),
      mostWaitingAtSecond: waiting > outcome.mostWaiting ? second : outcome.mostWaitingAtSecond,
      lastCountAtSecond: counted > outcome.counted ? second : outcome.lastCountAtSecond,
    };
    see?.(moment);
  }
  return outcome;
}

/** Seconds from the acceptance of a vote to its decision, at the worst moment of a day told to its end; 0 within the second. */
export function longestWaitSeconds(moments: readonly Moment[]): number {
  const decidedAt = (index: number): number => (moments[index]?.uncounted ?? 0) + (moments[index]?.counted ?? 0);
  let longest = 0;
  let reached = 0;
  for (const [index, { waiting, uncounted, counted }] of moments.entries()) {
    const accepted = waiting + uncounted + counted;
    reached = Math.max(reached, index);
    while (reached < moments.length - 1 && decidedAt(reached) < accepted) reached++;
    longest = Math.max(longest, reached - index);
  }
  return longest;
}

/** A shape of arrivals as phases, within each of which a client posts evenly. */

/** How posts are spread over the run: evenly, most at its start, most at its end, or as fast as answers allow. */
export type Shape = "even" | "opening" | "closing" | "at-once";

/** Requests spread evenly over some seconds. */
export type Phase = Readonly<{ requests: number; seconds: number }>;

export type Pace = readonly Phase[] | "as-fast-as-it-goes";

/** When each request is due, in milliseconds from the first. */
export function* dueTimes(phases: readonly Phase[]): Generator<number, undefined> {
  let beganMs = 0;
  for (const { requests, seconds } of phases) {
    for (let request = 0; request < requests; request++) yield beganMs + (request / requests) * seconds * 1000;
    beganMs += seconds * 1000;
  }
  return undefined;
}

const PHASES = 20;
/** The rush lasts a fifth of the run, at four times the average rate; the other votes are spread over the rest. */
const RUSH_SHARE = 0.2;
const RUSH_HEIGHT = 4;

/** The rate at a moment of the run (0 to 1), as a multiple of the average. */
function height(shape: "opening" | "closing", moment: number): number {
  const fromRush = shape === "opening" ? moment : 1 - moment;
  return fromRush < RUSH_SHARE ? RUSH_HEIGHT : (1 - RUSH_SHARE * RUSH_HEIGHT) / (1 - RUSH_SHARE);
}

/** The phases add up to exactly the requests. @param perSecond on average; as fast as possible when left out */
export function paceOf(shape: Shape, requests: number, perSecond: number | undefined): Pace {
  if (shape === "at-once" || perSecond === undefined) return "as-fast-as-it-goes";
  const seconds = requests / perSecond;
  if (shape === "even") return [{ requests, seconds }];
  const phases: Phase[] = [];
  let due = 0;
  let sent = 0;
  for (let phase = 0; phase < PHASES; phase++) {
    due += (height(shape, (phase + 0.5) / PHASES) / PHASES) * requests;
    const until = phase === PHASES - 1 ? requests : Math.min(requests, Math.round(due));
    phases.push({ requests: until - sent, seconds: seconds / PHASES });
    sent = until;
  }
  return phases;
}

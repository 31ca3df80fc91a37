import { appendFileSync, readFileSync } from "node:fs";

/**
 * What artillery calls while it posts. Each request takes the next post of the plan; the outcome of each is written down at
 * once, because artillery ends its worker without a word. Arrival counts run in a single worker, so one counter is enough.
 */

type Variables = { index?: number; path?: string; startedAtMs?: number };
type Context = { vars: Variables };
type Done = (error?: Error) => void;
type Planned = Readonly<{ path: string; body: string }>;
type Answer = Readonly<{ statusCode: number; timings: Readonly<{ phases: Readonly<{ firstByte?: number }> }> }>;

const { SCRUTIN_PLAN: planFile = "", SCRUTIN_OUTCOMES: outcomesFile = "" } = process.env;
const plan: readonly Planned[] = JSON.parse(readFileSync(planFile, "utf8"));
let next = 0;

function take({ vars }: Context): boolean {
  const post = plan[next];
  if (post === undefined) return false;
  vars.index = next++;
  vars.path = post.path;
  return true;
}

/** First step of a virtual user. */
export function takePost(context: Context, _events: unknown, done: Done): void {
  take(context);
  done();
}

/** Whether a looping virtual user goes on; takes its next post when it does. */
export function takeAnotherPost(context: Context, done: (goesOn: boolean) => void): void {
  done(take(context));
}

/** Before each request: the body of the post taken, if it has one. */
export function fillIn(request: { body?: string }, { vars }: Context, _events: unknown, done: Done): void {
  const body = plan[vars.index ?? 0]?.body ?? "";
  // A look at a result has none.
  if (body !== "") request.body = body;
  vars.startedAtMs = Date.now();
  appendFileSync(outcomesFile, `${JSON.stringify({ index: vars.index, startedAtMs: vars.startedAtMs })}\n`);
  done();
}

/** After each answer: its status and the time to its first byte, which artillery calls the response time. */
export function writeDown(
  _request: unknown,
  { statusCode, timings }: Answer,
  { vars }: Context,
  _events: unknown,
  done: Done,
): void {
  const outcome = {
    index: vars.index,
    startedAtMs: vars.startedAtMs,
    status: statusCode,
    tookMs: timings.phases.firstByte,
  };
  appendFileSync(outcomesFile, `${JSON.stringify(outcome)}\n`);
  done();
}

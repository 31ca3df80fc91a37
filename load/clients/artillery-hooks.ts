import { VIEWER_ADDRESS_HEADER } from "#functions/runtime/viewer-address-header-contract.ts";
import { openOutcomeLog, readPlanFile } from "#load/clients/files.ts";
import type { PostRequest } from "#load/shared/ballots.ts";

/**
 * Artillery's hooks. Each request takes the next post of the plan, and its outcome is written at once, because artillery
 * kills its worker. With arrival counts there is one worker, so one counter is enough.
 */

type Variables = { index?: number; post?: PostRequest; path?: string; startedAtMs?: number };
type Context = { vars: Variables };
type Done = (error?: Error) => void;
type Answer = Readonly<{ statusCode: number; timings: Readonly<{ phases: Readonly<{ firstByte?: number }> }> }>;

const { SCRUTIN_PLAN: planFile = "", SCRUTIN_OUTCOMES: outcomesFile = "" } = process.env;
const posts = readPlanFile(planFile);
const log = openOutcomeLog(outcomesFile, 0);
let next = 0;

async function take({ vars }: Context): Promise<boolean> {
  const { done, value } = await posts.next();
  if (done === true) return false;
  vars.index = next++;
  vars.post = value;
  vars.path = value.path;
  return true;
}

/** A virtual user's first step; it leaves when no post is left. */
export function takePost(context: Context, _events: unknown, done: Done): void {
  void take(context).then((hasPost) => done(hasPost ? undefined : new Error("no post is left")));
}

/** A looping virtual user continues while there are posts. */
export function takeAnotherPost(context: Context, done: (goesOn: boolean) => void): void {
  void take(context).then(done);
}

/** Before each request: sets the body, if the post has one, and the address it comes from. */
export function fillIn(
  request: { body?: string; headers?: Record<string, string> },
  { vars }: Context,
  _events: unknown,
  done: Done,
): void {
  const { body = "", from } = vars.post ?? {};
  // A request for results has none.
  if (body !== "") request.body = body;
  if (from !== undefined) request.headers = { ...request.headers, [VIEWER_ADDRESS_HEADER]: from };
  vars.startedAtMs = Date.now();
  log.write(vars.index ?? 0, { startedAtMs: vars.startedAtMs, status: undefined, tookMs: undefined });
  done();
}

/** After each answer: records its status and the time to its first byte, which artillery calls the response time. */
export function writeDown(
  _request: unknown,
  { statusCode, timings }: Answer,
  { vars: { index = 0, startedAtMs = Date.now() } }: Context,
  _events: unknown,
  done: Done,
): void {
  log.write(index, { startedAtMs, status: statusCode, tookMs: timings.phases.firstByte });
  done();
}

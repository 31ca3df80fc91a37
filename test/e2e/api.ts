import { setTimeout as sleep } from "node:timers/promises";
import { inject } from "vitest";
import type { Problem } from "#functions/runtime/problem-contract.ts";
import { Problem as ProblemSchema } from "#functions/runtime/problem-contract.ts";
import { VoteReceipt } from "#functions/submit/contract.ts";
import { VoteStatus } from "#functions/vote-status/contract.ts";

/** The API as an outside caller sees it. */

export const url = (path: string): string => `${inject("url")}${path}`;

export async function get(path: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(url(path), { headers });
}

export async function post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(url(path), {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
}

/** Casts a vote that must be received. A service that is busy for a moment is asked again, as the page does. */
export async function cast(path: string, body: unknown): Promise<VoteReceipt> {
  const response = await eventually(
    () => post(path, body),
    ({ status }) => status !== 503,
  );
  if (response.status !== 202) throw new Error(`expected 202, got ${response.status}: ${await response.text()}`);
  return VoteReceipt.parse(await response.json());
}

/** The problem document of a refused request; fails when the request was not refused with one. */
export async function refusal(response: Response): Promise<Problem> {
  if (response.headers.get("content-type")?.startsWith("application/problem+json") !== true) {
    throw new Error(`expected a problem document, got ${response.status}: ${await response.text()}`);
  }
  return ProblemSchema.parse(await response.json());
}

/** Generous, for a busy machine. `npm run bench` measures how long things should take. */
const PATIENCE_MS = 60_000;
const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 400;

/** Polls until `settled` holds; fails after `withinMs`. */
export async function eventually<T>(
  ask: () => Promise<T>,
  settled: (answer: T) => boolean,
  withinMs = PATIENCE_MS,
): Promise<T> {
  const deadlineMs = Date.now() + withinMs;
  // Each question is work for the system that is waited for, so the longer it takes the fewer are asked.
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(pauseMs * 1.5, LONGEST_PAUSE_MS)) {
    const answer = await ask();
    if (settled(answer)) return answer;
    if (Date.now() > deadlineMs) throw new Error(`not settled within ${withinMs} ms: ${JSON.stringify(answer)}`);
    await sleep(pauseMs);
  }
}

export async function statusOf(requestId: string): Promise<VoteStatus> {
  return VoteStatus.parse(await (await get(`/api/v1/votes/${requestId}`)).json());
}

/** Waits until a ballot is decided, and returns its status. */
export async function outcomeOf({ request_id }: VoteReceipt, withinMs = PATIENCE_MS): Promise<VoteStatus> {
  return eventually(
    () => statusOf(request_id),
    ({ status }) => status !== "queued",
    withinMs,
  );
}

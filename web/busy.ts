import type { Answer } from "#web/api.ts";

const LONGEST_PAUSE_MS = 30_000;
const TRIALS = 4;

/** Before trial n + 1, n from 1: 1, 2, 4 … 30 s, and never less than the server asks. */
export function backoffMs(trial: number, retryAfterMs = 0): number {
  return Math.min(LONGEST_PAUSE_MS, Math.max(1_000 * 2 ** (trial - 1), retryAfterMs));
}

/** Asks up to four times while the service is too busy to answer, as when many come at once and instances start. */
export async function askWhileBusy<T>(
  ask: () => Promise<Answer<T>>,
  pause = (ms: number): Promise<unknown> => new Promise((resolve) => setTimeout(resolve, ms)),
): Promise<Answer<T>> {
  for (let trial = 1; ; trial++) {
    const answer = await ask();
    if (answer.kind !== "busy" || trial === TRIALS) return answer;
    await pause(backoffMs(trial, answer.retryAfterMs));
  }
}

import { type GuessingLimits, guessingWindow, limitsOf } from "#core/guessing.ts";
import { logFailure } from "#functions/runtime/observability.ts";
import type { GuessMarks } from "#functions/submit/guess-marks.ts";
import { recentAttempts } from "#functions/submit/recent-attempts.ts";
import type { Guesses } from "#storage/guesses-table.ts";
import { keepAnswers } from "#storage/kept-answers.ts";

/** One attempt to vote, by its marks and its voter's hash. */
type Attempt = Readonly<{ electionId: string; marks: GuessMarks; hash: string; atMs: number }>;

/** Whether an attempt is received and how long its decision is delayed, or else when to try again. */
type Admission = Readonly<{ ok: true; delaySeconds: number }> | Readonly<{ ok: false; retryAfterSeconds: number }>;

/** Judges attempts by the hour's wrong guesses. */
export type GuessLimits = (attempt: Attempt) => Promise<Admission>;

/** The list of guesses is read at most this often, so that it costs little and is never far behind. */
const LIST_KEPT_FOR_MS = 10_000;

type Turn = Readonly<{ place: string; everyMs: number }>;

/** The identity's turn is harder to get than the address's, and implies it. */
function turnOf(
  { identityPaceMs, addressPaceMs }: GuessingLimits,
  { identity, address }: GuessMarks,
): Turn | undefined {
  if (identityPaceMs > 0) return { place: `${identity}${address}`, everyMs: identityPaceMs };
  if (addressPaceMs > 0) return { place: address, everyMs: addressPaceMs };
  return undefined;
}

/**
 * The limits as `submit` applies them. The table has what other environments saw; what this one saw counts at once, so that
 * a burst is slowed before its first guess is decided. When the table does not answer, voting goes on without limits.
 */
export function createGuessLimits(guesses: Guesses, now: () => number): GuessLimits {
  const lists = keepAnswers<ReadonlyMap<string, number>>(LIST_KEPT_FOR_MS, now);
  const seen = recentAttempts();
  /** Turns known to be taken, and until when: the table need not be asked again before that. */
  const taken = new Map<string, number>();

  const listOf = (electionId: string, window: string): Promise<ReadonlyMap<string, number>> =>
    lists(`${electionId} ${window}`, async () => {
      taken.clear();
      return guesses.listed(electionId, window).catch((error: unknown) => {
        logFailure("the list of guessers could not be read; ballots are received without it", error);
        return new Map();
      });
    });

  const waitFor = async (electionId: string, window: string, { place, everyMs }: Turn): Promise<number> => {
    const nowMs = now();
    const knownMs = (taken.get(place) ?? 0) - nowMs;
    if (knownMs > 0) return knownMs;
    const waitMs = await guesses.takeTurn(electionId, window, place, nowMs, everyMs).catch((error: unknown) => {
      logFailure("a turn could not be taken; the ballot is received without it", error);
      return 0;
    });
    if (waitMs > 0) taken.set(place, nowMs + waitMs);
    return waitMs;
  };

  return async ({ electionId, marks, hash, atMs }) => {
    const window = guessingWindow(atMs);
    const list = await listOf(electionId, window);
    seen.startWindow(window);
    const { identity, address } = marks;
    const attemptsFromAddress = seen.countAttempt(address);
    const codesTried = identity === undefined ? 0 : seen.codesTried(identity);
    const limits = limitsOf({
      atIdentity: identity === undefined ? 0 : Math.max(list.get(identity) ?? 0, codesTried),
      fromAddress: list.get(address) ?? 0,
      attemptsFromAddress,
    });
    const turn = turnOf(limits, marks);
    // Trying the same code again is no guess: a voter who resends a ballot for want of an answer need not wait.
    const isRepeat = identity !== undefined && seen.wasTried(identity, hash);
    if (turn !== undefined && !isRepeat) {
      const waitMs = await waitFor(electionId, window, turn);
      if (waitMs > 0) return { ok: false, retryAfterSeconds: Math.ceil(waitMs / 1000) };
    }
    if (identity !== undefined) seen.noteCode(identity, hash);
    return { ok: true, delaySeconds: limits.delaySeconds };
  };
}

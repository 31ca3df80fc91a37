import {
  FREE_GUESSES_FROM_ADDRESS,
  guessingWindow,
  IDENTITY_PACE_MS,
  limitsOf,
  MOST_DELAY_SECONDS,
} from "#core/guessing.ts";
import { logFailure } from "#functions/runtime/observability.ts";
import type { GuessMarks } from "#functions/submit/guess-marks.ts";
import { recentAttempts } from "#functions/submit/recent-attempts.ts";
import type { CodesFrom, Guesses, GuessList } from "#storage/guesses-table.ts";
import { keepAnswers } from "#storage/kept-answers.ts";

/** One attempt to vote, by its marks and its voter's hash. */
export type Attempt = Readonly<{ electionId: string; marks: GuessMarks; hash: string; atMs: number }>;

/** Whether an attempt is received, how long its decision is delayed and for whose wrong codes; or else when to try again. */
export type Admission =
  | Readonly<{ ok: true; delaySeconds: 0 }>
  | Readonly<{ ok: true; delaySeconds: number; because: "identity" | "address" }>
  | Readonly<{ ok: false; retryAfterSeconds: number }>;

/** Judges attempts by the hour's wrong guesses. */
export type GuessLimits = (attempt: Attempt) => Promise<Admission>;

/** The list of guesses is read at most this often, so that it costs little and is never far behind. */
const LIST_KEPT_FOR_MS = 10_000;
/** The table is told of an address's codes so many at a time: a hundredth of a write for each vote. */
const TOLD_AT_ONCE = 100;
const MOST_DELAY_MS = MOST_DELAY_SECONDS * 1000;
/** A line longer than this is kept for first codes for a number, which may be a true voter's. */
const LINE_FOR_ANOTHER_CODE_MS = 300_000;
const EMPTY: GuessList = { wrongGuesses: new Map(), isComplete: true };

/**
 * The limits as `submit` applies them. The table has what other environments saw; what this one saw counts at once, so that
 * a burst is slowed before its first guess is decided. When the table does not answer, voting goes on without limits.
 */
export function createGuessLimits(guesses: Guesses, now: () => number): GuessLimits {
  const lists = keepAnswers<GuessList>(LIST_KEPT_FOR_MS, now);
  const seen = recentAttempts();
  /** Turns known to be taken, and until when: the table need not be asked again before that. */
  const taken = new Map<string, number>();

  /** What the table answers, or `without` when it does not. */
  const orWithout = <T>(what: string, answer: Promise<T>, without: T): Promise<T> =>
    answer.catch((error: unknown) => {
      logFailure(`${what}; ballots are received without it`, error);
      return without;
    });

  const listOf = (electionId: string, window: string): Promise<GuessList> =>
    lists(`${electionId} ${window}`, () => {
      taken.clear();
      return orWithout("the list of guessers could not be read", guesses.listed(electionId, window), EMPTY);
    });

  const wrongGuessesOf = async (electionId: string, list: GuessList, mark: string): Promise<number> => {
    const listed = list.wrongGuesses.get(mark);
    if (listed !== undefined || list.isComplete) return listed ?? 0;
    return orWithout("a mark could not be looked up", guesses.wrongGuessesOf(electionId, mark), 0);
  };

  /** An address's codes, as far as they are known here; the table is asked when there is much to tell it, or cause for alarm. */
  const codesFrom = async (electionId: string, window: string, address: string, wrong: number): Promise<CodesFrom> => {
    const untold = seen.untold(address);
    const known = seen.knownFrom(address);
    const isOld = known === undefined || now() - known.atMs >= LIST_KEPT_FOR_MS;
    if (untold >= TOLD_AT_ONCE || (wrong >= FREE_GUESSES_FROM_ADDRESS && isOld)) {
      const told = guesses.addAdmitted(electionId, window, address, untold);
      // At once, so that concurrent attempts do not tell the same codes.
      seen.noteTold(address, untold, { wrong, admitted: untold, ...known, atMs: now() });
      const answer = await orWithout("an address could not be looked up", told, { wrong: 0, admitted: 0 });
      seen.noteTold(address, 0, { ...answer, atMs: now() });
    }
    const latest = seen.knownFrom(address) ?? { wrong: 0, admitted: 0 };
    return { wrong: Math.max(wrong, latest.wrong), admitted: latest.admitted + seen.untold(address) };
  };

  /** How long until a turn, in milliseconds; 0 when it was taken. */
  const turnAt = async (electionId: string, window: string, place: string, everyMs: number): Promise<number> => {
    const nowMs = now();
    const knownMs = (taken.get(place) ?? 0) - nowMs;
    if (knownMs > 0) return knownMs;
    const asked = guesses.takeTurn(electionId, window, { place, nowMs, everyMs });
    const waitMs = await orWithout("a turn could not be taken", asked, 0);
    if (waitMs > 0) taken.set(place, nowMs + waitMs);
    return waitMs;
  };

  const later = (waitMs: number): Admission => ({ ok: false, retryAfterSeconds: Math.ceil(waitMs / 1000) });

  return async ({ electionId, marks: { identity, address }, hash, atMs }) => {
    const window = guessingWindow(atMs);
    const list = await listOf(electionId, window);
    seen.startWindow(window);
    // Without an identity each code is a number of its own.
    const number = identity ?? hash;
    const [wrongAtIdentity, wrongFromAddress] = await Promise.all([
      identity === undefined ? 0 : wrongGuessesOf(electionId, list, identity),
      wrongGuessesOf(electionId, list, address),
    ]);
    const from = await codesFrom(electionId, window, address, wrongFromAddress);
    // Read without waiting before it is noted, so that concurrent attempts see one another.
    const atIdentity = Math.max(wrongAtIdentity, identity === undefined ? 0 : seen.codesTried(identity));
    const limits = limitsOf({ atIdentity, fromAddress: from.wrong, admittedFromAddress: from.admitted });

    const received = (addressDelayMs: number): Admission => {
      const byAddress = Math.ceil(addressDelayMs / 1000);
      const delaySeconds = Math.max(limits.delaySeconds, byAddress);
      seen.noteCode(number, hash, now() + delaySeconds * 1000);
      if (delaySeconds === 0) return { ok: true, delaySeconds };
      return { ok: true, delaySeconds, because: limits.delaySeconds >= byAddress ? "identity" : "address" };
    };

    // Trying the same code again is no guess: a voter who resends a ballot for want of an answer need not wait, nor learns sooner.
    const dueMs = seen.dueMs(number, hash);
    if (dueMs !== undefined) return received(Math.min(MOST_DELAY_MS, Math.max(0, dueMs - now())));

    if (limits.identityPaceMs > 0) {
      const waitMs = await turnAt(electionId, window, `${identity}${address}`, limits.identityPaceMs);
      if (waitMs > 0) return later(waitMs);
    }
    if (limits.addressPaceMs === 0) {
      seen.noteAdmitted(address, hash);
      return received(0);
    }
    const turn = { place: address, nowMs: now(), everyMs: limits.addressPaceMs };
    const queued = guesses.queueForTurn(
      electionId,
      window,
      turn,
      atIdentity > 0 ? LINE_FOR_ANOTHER_CODE_MS : MOST_DELAY_MS,
    );
    const waitMs = await orWithout("a turn could not be taken", queued, 0);
    return waitMs === undefined ? later(IDENTITY_PACE_MS) : received(waitMs);
  };
}

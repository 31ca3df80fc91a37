/**
 * The limits on guessing codes. A voter's number (the identity: what of the credentials is not secret) may be known to others,
 * so nobody is turned away because others guessed at it. What a network address sends from which codes are guessed is decided slowly;
 * only who tries several codes for a number may be told to wait.
 * The arithmetic behind the figures is in docs/threat-model.md.
 */

/** Guesses are counted by clock hour, each starting at zero. */
export const GUESSING_WINDOW_MS = 3_600_000;

/** Wrong codes for one identity within an hour that have no consequence, for a voter's own slips. */
export const FREE_GUESSES_AT_IDENTITY = 5;
const FIRST_DELAY_SECONDS = 15;
/** The longest that SQS can delay a message. */
export const MOST_DELAY_SECONDS = 900;
/** Between two codes from one address for an identity that is being guessed at. */
export const IDENTITY_PACE_MS = 60_000;

/** Wrong codes from one address within an hour that have no consequence, for a polling hall or a phone network. */
export const FREE_GUESSES_FROM_ADDRESS = 100;
/** Between two decisions on attempts from an address beyond that: 36,000 ballots an hour still get through. */
export const ADDRESS_PACE_MS = 100;

/** Whose guesses are counted. */
export type GuessSubject = "identity" | "address";

/** The hour of an attempt, `2026-11-03T14`, in UTC. @param atMs when it was made */
export function guessingWindow(atMs: number): string {
  return new Date(atMs).toISOString().slice(0, "2026-11-03T14".length);
}

/** The end of a window, in milliseconds since 1970. */
export function guessingWindowEndsMs(window: string): number {
  return Date.parse(`${window}:00:00Z`) + GUESSING_WINDOW_MS;
}

/**
 * How long the decision on a received ballot is delayed, in seconds, 0 to 900: nothing for an identity's first wrong codes,
 * then 15 s, doubling with each further one. The ballot still counts as received when it was cast.
 */
export function decisionDelaySeconds(wrongGuesses: number): number {
  if (wrongGuesses < FREE_GUESSES_AT_IDENTITY) return 0;
  return Math.min(MOST_DELAY_SECONDS, FIRST_DELAY_SECONDS * 2 ** (wrongGuesses - FREE_GUESSES_AT_IDENTITY));
}

/** The delay stops growing at this many wrong guesses. */
const SLOWEST_AT_IDENTITY = FREE_GUESSES_AT_IDENTITY + Math.ceil(Math.log2(MOST_DELAY_SECONDS / FIRST_DELAY_SECONDS));

/** Counts from an address are published in steps, which is exact enough to judge a share. */
const ADDRESS_STEP = 10;

/** Whether a count, just raised by one, changes its subject's limits, so that `submit` must learn of it. */
export function isNewsworthy(subject: GuessSubject, wrongGuesses: number): boolean {
  if (subject === "identity") {
    return wrongGuesses >= FREE_GUESSES_AT_IDENTITY && wrongGuesses <= SLOWEST_AT_IDENTITY;
  }
  return wrongGuesses >= FREE_GUESSES_FROM_ADDRESS && wrongGuesses % ADDRESS_STEP === 0;
}

/** What is known of an attempt's identity and address within the hour. */
export type KnownGuesses = Readonly<{
  /** Wrong codes for the identity, from anywhere; 0 when the credentials have no identity. */
  atIdentity: number;
  /** Wrong codes from the address, for anybody. */
  fromAddress: number;
  /** Different codes from the address, right and wrong, that were received without waiting. Neither repeats nor refused ones. */
  admittedFromAddress: number;
}>;

/** The limits on one attempt. */
export type GuessingLimits = Readonly<{
  delaySeconds: number;
  /** Time between two attempts at this identity from this address, in milliseconds; 0 for no limit. */
  identityPaceMs: number;
  /** Time between two decisions on attempts from this address, in milliseconds; 0 for no limit. */
  addressPaceMs: number;
}>;

/**
 * An address is slowed only while at least half of its codes are wrong: when a thousand voters share one, a hundred slips
 * are not an attack.
 */
export function limitsOf({ atIdentity, fromAddress, admittedFromAddress }: KnownGuesses): GuessingLimits {
  const guessedAt = atIdentity >= FREE_GUESSES_AT_IDENTITY;
  const guessing = fromAddress >= FREE_GUESSES_FROM_ADDRESS && 2 * fromAddress >= admittedFromAddress;
  return {
    delaySeconds: decisionDelaySeconds(atIdentity),
    identityPaceMs: guessedAt ? IDENTITY_PACE_MS : 0,
    addressPaceMs: guessing ? ADDRESS_PACE_MS : 0,
  };
}

/**
 * What a wrongly guessed code costs, and whom. The rules rest on one distinction: somebody's number (the identity fields,
 * all but the last) may be known to others, so nobody is ever turned away because others guessed at it; a network address
 * from which codes are guessed may be asked to come back later. The arithmetic behind the figures is in
 * docs/threat-model.md.
 */

/** Guesses are counted by the clock hour of the attempt; a new hour begins at nothing. */
export const GUESSING_WINDOW_MS = 3_600_000;

/** Wrong codes for one identity within an hour that have no consequence: a voter's own slips. */
export const FREE_GUESSES_AT_IDENTITY = 5;
const FIRST_DELAY_SECONDS = 15;
/** The longest that SQS can hold a message back. */
export const MOST_DELAY_SECONDS = 900;
/** How often one address may try a code for an identity that is being guessed at. */
export const IDENTITY_PACE_MS = 60_000;

/** Wrong codes from one address within an hour that have no consequence: a polling hall's, or a phone network's. */
export const FREE_GUESSES_FROM_ADDRESS = 100;
/** How often an address from which more than that came may try any code: 36,000 ballots an hour still get through. */
export const ADDRESS_PACE_MS = 100;

/** Whose guesses are counted. */
export type GuessSubject = "identity" | "address";

/** The hour an attempt belongs to, `2026-11-03T14`, in UTC. @param atMs when it was made */
export function guessingWindow(atMs: number): string {
  return new Date(atMs).toISOString().slice(0, "2026-11-03T14".length);
}

/** When a window is over, in milliseconds since 1970. */
export function guessingWindowEndsMs(window: string): number {
  return Date.parse(`${window}:00:00Z`) + GUESSING_WINDOW_MS;
}

/**
 * How long the decision on a received ballot is held back, in seconds, 0 to 900: nothing for the first wrong codes of an
 * identity, then 15 s, doubling with every further one. The ballot is received all the same, at the time it was cast.
 */
export function decisionDelaySeconds(wrongGuesses: number): number {
  if (wrongGuesses < FREE_GUESSES_AT_IDENTITY) return 0;
  return Math.min(MOST_DELAY_SECONDS, FIRST_DELAY_SECONDS * 2 ** (wrongGuesses - FREE_GUESSES_AT_IDENTITY));
}

/** From this many wrong guesses on nothing grows any more. */
const SLOWEST_AT_IDENTITY = FREE_GUESSES_AT_IDENTITY + Math.ceil(Math.log2(MOST_DELAY_SECONDS / FIRST_DELAY_SECONDS));

/** Counts from an address are made known in steps: more exactly is not needed to judge a share of it. */
const ADDRESS_STEP = 10;

/** Whether a count, just raised by one, changes what its subject may do, so that those who take ballots must know of it. */
export function isNewsworthy(subject: GuessSubject, wrongGuesses: number): boolean {
  if (subject === "identity") {
    return wrongGuesses >= FREE_GUESSES_AT_IDENTITY && wrongGuesses <= SLOWEST_AT_IDENTITY;
  }
  return wrongGuesses >= FREE_GUESSES_FROM_ADDRESS && wrongGuesses % ADDRESS_STEP === 0;
}

/** What is known of an attempt's identity and address when it is made, all within the hour. */
export type KnownGuesses = Readonly<{
  /** Wrong codes for the identity, from anywhere; 0 where credentials have no identity. */
  atIdentity: number;
  /** Wrong codes from the address, for anybody. */
  fromAddress: number;
  /** Attempts of any kind from the address that the judge has seen itself, this one included. */
  attemptsFromAddress: number;
}>;

/** What an attempt must put up with. */
export type GuessingLimits = Readonly<{
  delaySeconds: number;
  /** Time between two attempts at this identity from this address, in milliseconds; 0 for no limit. */
  identityPaceMs: number;
  /** Time between two attempts from this address, in milliseconds; 0 for no limit. */
  addressPaceMs: number;
}>;

/**
 * The limits of an attempt. An address is slowed only while at least half of what comes from it is wrong: where a thousand
 * voters share one, a hundred slips are no attack.
 */
export function limitsOf({ atIdentity, fromAddress, attemptsFromAddress }: KnownGuesses): GuessingLimits {
  const guessedAt = atIdentity >= FREE_GUESSES_AT_IDENTITY;
  const guessing = fromAddress >= FREE_GUESSES_FROM_ADDRESS && 2 * fromAddress >= attemptsFromAddress;
  return {
    delaySeconds: decisionDelaySeconds(atIdentity),
    identityPaceMs: guessedAt ? IDENTITY_PACE_MS : 0,
    addressPaceMs: guessing ? ADDRESS_PACE_MS : 0,
  };
}

import * as z from "zod";

const GuessMark = z.string().regex(/^[A-Za-z0-9_-]{16}$/);

/** What the queue carries; the outer envelope is the hash, the inner one the sealed selection. */
export const VoteMessage = z.strictObject({
  /** HMAC-SHA-256 of the credentials, 43 characters of base64url. */
  hash: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
  electionId: z.string().min(1).max(40),
  regionId: z.string().min(1).max(40),
  /** base64url. */
  envelope: z.base64url().min(1).max(8192),
  /** ISO 8601, UTC, cut to the minute. */
  castAt: z.iso.datetime(),
  trackingCode: z.string().regex(/^[A-Z2-7]{20}$/),
  /** Under which wrong guesses are counted, if this is one: keyed hashes that change every hour. */
  guessedIdentity: GuessMark.optional(),
  guessingAddress: GuessMark.optional(),
});
export type VoteMessage = Readonly<z.infer<typeof VoteMessage>>;

import { randomBytes } from "node:crypto";
import type { BallotContext } from "#core/trustees/ballot.ts";
import { base, encodePoint, multiply, type RandomBytes, randomScalar, type Scalar } from "#core/trustees/group.ts";

/** Keys, contexts and randomness to test ballots with. */

export const random: RandomBytes = (length) => new Uint8Array(randomBytes(length));

/** A trustees' key that somebody holds whole, as only tests may. */
export function wholeKey(): Readonly<{ secret: Scalar; publicKey: Uint8Array }> {
  const secret = randomScalar(random);
  return { secret, publicKey: encodePoint(multiply(base, secret)) };
}

export const newVoterKey = (): string => randomBytes(32).toString("base64url");

export const contextFor = (publicKey: Uint8Array, overrides: Partial<BallotContext> = {}): BallotContext => ({
  publicKey,
  ballotDigest: new Uint8Array(32).fill(7),
  electionId: "E1",
  regionId: "1",
  voterKey: newVoterKey(),
  ...overrides,
});

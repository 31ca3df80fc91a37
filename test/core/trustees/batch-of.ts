import { type BatchContext, type EncryptedBallot, encryptedBallot } from "#core/trustees/encrypted-batch.ts";
import { add, base, decodePoint, multiply, neutral, type Point, randomScalar } from "#core/trustees/group.ts";
import { random } from "#test/core/trustees/contexts.ts";

/** Ballots to mix and open, without what proves them. */

export const batchContext = (publicKey: Uint8Array, overrides: Partial<BatchContext> = {}): BatchContext => ({
  ceremony: new Uint8Array(32).fill(9),
  publicKey,
  electionId: "E1",
  regionId: "1",
  batch: 0,
  ...overrides,
});

/** The elements 1·G to n·G, which stand for selections. */
export const someSelections = (count: number): readonly Point[] =>
  Array.from({ length: count }, (_, place) => multiply(base, BigInt(place + 1)));

export function encryptedFor(publicKey: Uint8Array, selections: readonly Point[]): readonly EncryptedBallot[] {
  const Y = decodePoint(publicKey) ?? neutral;
  return selections.map((M) => {
    const r = randomScalar(random);
    return encryptedBallot({ A: multiply(base, r), B: add(multiply(Y, r), M) });
  });
}

export function bytesOf(ballots: readonly EncryptedBallot[]): Uint8Array {
  return new Uint8Array(Buffer.concat(ballots.map(({ bytes }) => bytes)));
}

import type { Encrypted } from "#core/trustees/ballot.ts";
import { MOST_IN_BATCH } from "#core/trustees/batches.ts";
import { decodePoint, encodePoint, POINT_BYTES } from "#core/trustees/group.ts";
import { type Part, uint32 } from "#core/trustees/transcript.ts";

/** One batch of a region's ballots, as it is mixed and opened: of each its A and B, 64 bytes, and nothing of who cast it. */

/** A ballot's two points, and their 64 bytes. */
export type EncryptedBallot = Encrypted & Readonly<{ bytes: Uint8Array }>;

export const ENCRYPTED_BYTES = 2 * POINT_BYTES;

/** Which batch of which election a proof speaks of. */
export type BatchContext = Readonly<{
  /** SHA-256 of the ceremony's record: 32 bytes. */
  ceremony: Uint8Array;
  /** Y, the trustees' public key, encoded. */
  publicKey: Uint8Array;
  electionId: string;
  regionId: string;
  /** From 0. */
  batch: number;
}>;

/** The parts of a transcript that say which batch it is. */
export const batchContextParts = (context: BatchContext): readonly Part[] => [
  context.ceremony,
  context.publicKey,
  context.electionId,
  context.regionId,
  uint32(context.batch),
];

export function encryptedBallot({ A, B }: Encrypted): EncryptedBallot {
  const bytes = new Uint8Array(ENCRYPTED_BYTES);
  bytes.set(encodePoint(A));
  bytes.set(encodePoint(B), POINT_BYTES);
  return { A, B, bytes };
}

function readBallot(bytes: Uint8Array): EncryptedBallot | undefined {
  const [A, B] = [decodePoint(bytes.subarray(0, POINT_BYTES)), decodePoint(bytes.subarray(POINT_BYTES))];
  return A === undefined || B === undefined ? undefined : { A, B, bytes };
}

/** Reads a batch. Undefined when it is empty or too long, or holds what is no element of the group, or the neutral one. */
export function readBatch(bytes: Uint8Array): readonly EncryptedBallot[] | undefined {
  const count = bytes.length / ENCRYPTED_BYTES;
  if (!Number.isInteger(count) || !isBatchSize(count)) return undefined;
  const ballots: EncryptedBallot[] = [];
  for (let from = 0; from < bytes.length; from += ENCRYPTED_BYTES) {
    const ballot = readBallot(bytes.subarray(from, from + ENCRYPTED_BYTES));
    if (ballot === undefined) return undefined;
    ballots.push(ballot);
  }
  return ballots;
}

export const isBatchSize = (ballots: number): boolean => ballots >= 1 && ballots <= MOST_IN_BATCH;

/** A batch as a part of a transcript. */
export const batchPart = (ballots: readonly EncryptedBallot[]): Part => ballots.map(({ bytes }) => bytes);

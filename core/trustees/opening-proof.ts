import { type EncodedPoint, readEncoded } from "#core/trustees/encoded-point.ts";
import {
  type BatchContext,
  batchContextParts,
  batchPart,
  type EncryptedBallot,
} from "#core/trustees/encrypted-batch.ts";
import type { EqualLogarithmsHashes, EqualLogarithmsProof } from "#core/trustees/equal-logarithms.ts";
import { decodeScalar, encodeScalar, POINT_BYTES, SCALAR_BYTES } from "#core/trustees/group.ts";
import { challenge, transcript, uint32 } from "#core/trustees/transcript.ts";

/**
 * The bytes of one trustee's opening of a batch, and what its proof hashes (what it proves: opening.ts).
 *
 * First D_i of each ballot, in order: 32 bytes, the encoding of an element that is not neutral. Then 96 bytes for the batch: t_2, t_3, and s, a scalar
 * below the group's order.
 *
 * The statement is the 64 bytes of H(context, ballots, D). Weight d_i hashes it and i, from 0; the challenge hashes it with t_2 and t_3.
 */

/** Whose opening of which batch. */
export type OpeningContext = BatchContext &
  Readonly<{
    /** The trustee's number, from 1: where its share is the polynomial's value. */
    trustee: number;
    /** As named by the ceremony. */
    name: string;
    /** K = k·G, encoded, of the trustee's share k. */
    verifyingKey: Uint8Array;
  }>;

/** The D_i, and the proof that they are k·A_i. */
export type Opening = Readonly<{ products: readonly EncodedPoint[]; proof: EqualLogarithmsProof }>;

const END_BYTES = 2 * POINT_BYTES + SCALAR_BYTES;

export const openingBytes = (ballots: number): number => ballots * POINT_BYTES + END_BYTES;

export function openingHashes(
  context: OpeningContext,
  ballots: readonly EncryptedBallot[],
  products: readonly EncodedPoint[],
): EqualLogarithmsHashes {
  const statement = transcript(
    "scrutin/v2/opening",
    ...batchContextParts(context),
    uint32(context.trustee),
    context.name,
    context.verifyingKey,
    batchPart(ballots),
    products.map(({ bytes }) => bytes),
  );
  return {
    weights: ballots.map((_, place) => challenge("scrutin/v2/opening-weight", statement, uint32(place))),
    challenge: (t2, t3) => challenge("scrutin/v2/opening-challenge", statement, t2, t3),
  };
}

export function writeOpening({ products, proof: { t2, t3, s } }: Opening): Uint8Array {
  const bytes = new Uint8Array(openingBytes(products.length));
  [...products, t2, t3].forEach((point, place) => {
    bytes.set(point.bytes, place * POINT_BYTES);
  });
  bytes.set(encodeScalar(s), bytes.length - SCALAR_BYTES);
  return bytes;
}

/** Reads the opening of so many ballots. Undefined for bytes that are none. */
export function readOpening(bytes: Uint8Array, ballots: number): Opening | undefined {
  if (bytes.length !== openingBytes(ballots)) return undefined;
  const s = decodeScalar(bytes.subarray(-SCALAR_BYTES));
  const points: EncodedPoint[] = [];
  for (let from = 0; from < bytes.length - SCALAR_BYTES; from += POINT_BYTES) {
    const point = readEncoded(bytes.subarray(from, from + POINT_BYTES));
    if (point === undefined) return undefined;
    points.push(point);
  }
  const [t2, t3] = points.slice(ballots);
  if (s === undefined || t2 === undefined || t3 === undefined) return undefined;
  return { products: points.slice(0, ballots), proof: { t2, t3, s } };
}

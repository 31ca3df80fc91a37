import { type EncodedPoint, encoded } from "#core/trustees/encoded-point.ts";
import type { Equation, Term } from "#core/trustees/equations.ts";
import {
  base,
  multiply,
  type Point,
  type RandomBytes,
  randomScalar,
  type Scalar,
  scalars,
  sumOfProducts,
} from "#core/trustees/group.ts";
import { itemAt } from "#core/trustees/item-at.ts";

/**
 * One proof for many points that each was multiplied by the same secret as the base: K = k·G, and D_i = k·C_i for each i.
 *
 * Chaum and Pedersen ("Wallet databases with observers", Crypto 1992, section 3.2) for M = Σ d_i·C_i and Z = Σ d_i·D_i, with weights d_i hashed of all
 * points, as in RFC 9497, section 2.2:
 *
 *   t_2 = r·G    t_3 = r·M    c = a challenge    s = r - c·k
 *
 * It verifies by s·G + c·K = t_2 and s·M + c·Z = t_3. Where one D_i is wrong, Z is k·M by a chance of one in the group's order.
 *
 * Of the RFC two things differ. The proof holds t_2 and t_3 and not c, so that a verifier can join its equations with others. And M and Z are not hashed
 * again, since the weights that make them are. How is hashed is an argument.
 */

export type EqualLogarithms = Readonly<{
  /** K. */
  key: Point;
  /** C_i. */
  points: readonly Point[];
  /** D_i. */
  products: readonly Point[];
}>;

export type EqualLogarithmsProof = Readonly<{ t2: EncodedPoint; t3: EncodedPoint; s: Scalar }>;

/** Both hash K, all C_i and D_i, and what the proof is for. */
export type EqualLogarithmsHashes = Readonly<{
  /** d_i. */
  weights: readonly Scalar[];
  /** c. */
  challenge: (t2: Uint8Array, t3: Uint8Array) => Scalar;
}>;

/** Proves it of the C_i, by the secret k. */
export function proveEqualLogarithms(
  points: readonly Point[],
  { weights, challenge }: EqualLogarithmsHashes,
  secret: Scalar,
  random: RandomBytes,
): EqualLogarithmsProof {
  const r = randomScalar(random);
  const t2 = encoded(multiply(base, r));
  const t3 = encoded(multiply(sumOfProducts(points, weights), r));
  return { t2, t3, s: scalars.subtract(r, scalars.multiply(challenge(t2.bytes, t3.bytes), secret)) };
}

/** What must hold for the proof to be true. */
export function equalLogarithmsEquations(
  { key, points, products }: EqualLogarithms,
  { weights, challenge }: EqualLogarithmsHashes,
  { t2, t3, s }: EqualLogarithmsProof,
): readonly Equation[] {
  const c = challenge(t2.bytes, t3.bytes);
  const weighted = (of: readonly Point[], factor: Scalar): readonly Term[] =>
    weights.map((weight, place) => [scalars.multiply(weight, factor), itemAt(of, place)]);
  const minusOne = scalars.negate(1n);
  return [
    [
      [s, base],
      [c, key],
      [minusOne, t2.point],
    ],
    [...weighted(points, s), ...weighted(products, c), [minusOne, t3.point]],
  ];
}

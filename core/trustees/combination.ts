import type { EncryptedBallot } from "#core/trustees/encrypted-batch.ts";
import { allHold, type Equation } from "#core/trustees/equations.ts";
import { type Point, type RandomBytes, type Scalar, scalars, subtract, sumOfProducts } from "#core/trustees/group.ts";
import { itemAt } from "#core/trustees/item-at.ts";
import type { Opened } from "#core/trustees/opening.ts";

/**
 * What ballots say, by as many good openings as the threshold: M = B - Σ λ_j·D_j, where D_j = k_j·A and the shares k_j are a polynomial's values at the
 * trustees' numbers, whose value at zero is the secret key (Shamir, "How to share a secret", Communications of the ACM 22, 1979; Pedersen, "A threshold
 * cryptosystem without a trusted party", Eurocrypt 1991). λ_j is the product of x_m / (x_m - x_j) over the other trustees m.
 */

/** λ_j of each trustee's number, among these. Throws where two are the same. */
export function lagrangeAtZero(numbers: readonly number[]): readonly Scalar[] {
  const places = numbers.map(BigInt);
  return places.map((own, at) => {
    const others = places.filter((_, other) => other !== at);
    const above = others.reduce(scalars.multiply, 1n);
    const below = others.map((other) => scalars.subtract(other, own)).reduce(scalars.multiply, 1n);
    return scalars.multiply(above, scalars.invert(below));
  });
}

/** λ_j·D_j of one trustee. */
type Share = Readonly<{ factor: Scalar; products: readonly Point[] }>;

/** Of as many different trustees as the threshold. Undefined when there are fewer. */
function sharesOf(opened: readonly Opened[], threshold: number): readonly Share[] | undefined {
  const byNumber = new Map(opened.map((one) => [one.trustee, one]));
  // More would give the same, more slowly.
  const chosen = [...byNumber.values()].slice(0, threshold);
  if (threshold < 1 || chosen.length < threshold) return undefined;
  const factors = lagrangeAtZero(chosen.map(({ trustee }) => trustee));
  return chosen.map(({ products }, place) => ({ factor: itemAt(factors, place), products }));
}

/** M of each ballot of a batch, by good openings of it. Undefined when there are fewer than the threshold. */
export function combineOpenings(
  ballots: readonly EncryptedBallot[],
  opened: readonly Opened[],
  threshold: number,
): readonly Point[] | undefined {
  const shares = sharesOf(opened, threshold);
  if (shares === undefined) return undefined;
  const factors = shares.map(({ factor }) => factor);
  return ballots.map(({ B }, place) => {
    const products = shares.map((share) => itemAt(share.products, place));
    return subtract(B, sumOfProducts(products, factors));
  });
}

/**
 * Whether the ballots of a batch say these elements, by good openings of it: by one sum, in a fifth of the time that it takes to combine
 * them. False when there are fewer openings than the threshold, or not as many elements as ballots.
 */
export function areCombined(
  ballots: readonly EncryptedBallot[],
  opened: readonly Opened[],
  threshold: number,
  elements: readonly Point[],
  random: RandomBytes,
): boolean {
  const shares = sharesOf(opened, threshold);
  if (shares === undefined || elements.length !== ballots.length) return false;
  const equations = ballots.map(
    ({ B }, place): Equation => [
      ...shares.map(({ factor, products }) => [factor, itemAt(products, place)] as const),
      [1n, itemAt(elements, place)],
      [scalars.negate(1n), B],
    ],
  );
  return allHold(equations, random);
}

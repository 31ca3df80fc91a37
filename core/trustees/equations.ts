import {
  isNeutral,
  type Point,
  type RandomBytes,
  randomWeight,
  type Scalar,
  scalars,
  sumOfProducts,
} from "#core/trustees/group.ts";

/**
 * What a verifier checks, as equations of the group: the sum of each one's terms s·P is neutral. Scalars and points are public.
 *
 * Many are checked at once as one sum, each times a random weight of the verifier's own: where one of them is wrong, the sum is neutral with a
 * probability of 2^-128 (see randomWeight). Whoever makes a proof must not be able to foresee the weights. What stands in several
 * equations, as one and the same object, is multiplied once.
 */

/** s and P. */
export type Term = readonly [Scalar, Point];
export type Equation = readonly Term[];

export const holds = (equation: Equation): boolean =>
  isNeutral(
    sumOfProducts(
      equation.map(([, point]) => point),
      equation.map(([factor]) => factor),
    ),
  );

/** Whether all hold, by one sum. */
export function allHold(equations: readonly Equation[], random: RandomBytes): boolean {
  const factors = new Map<Point, Scalar>();
  for (const equation of equations) {
    const weight = randomWeight(random);
    for (const [factor, point] of equation) {
      factors.set(point, scalars.add(factors.get(point) ?? 0n, scalars.multiply(weight, factor)));
    }
  }
  return isNeutral(sumOfProducts([...factors.keys()], [...factors.values()]));
}

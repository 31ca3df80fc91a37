import type { Equation, Term } from "#core/trustees/equations.ts";
import { chainGenerator, permutationGenerators } from "#core/trustees/generators.ts";
import { base, type Point, type Scalar, scalars } from "#core/trustees/group.ts";
import { itemAt } from "#core/trustees/item-at.ts";
import { hashedStatement, type MixStatement, mixChallenge, mixWeights } from "#core/trustees/shuffle-challenges.ts";
import type { ShuffleProof } from "#core/trustees/shuffle-proof.ts";

/**
 * What holds of a proof of shuffle that is true (CHVote, CheckShuffleProof): the equations of shuffle.ts, each with c times what was committed to
 * taken from the answers.
 */

const { multiply, negate } = scalars;

type Claim = Readonly<{
  statement: MixStatement;
  /** Y. */
  publicKey: Point;
  proof: ShuffleProof;
  /** u_j. */
  weights: readonly Scalar[];
  /** -c. */
  minus: Scalar;
}>;

const ONE = 1n;
const MINUS_ONE = negate(ONE);

const product = (factors: readonly Scalar[]): Scalar => factors.reduce(multiply, ONE);

/** s_1·G = t_1 + c·(sum of c_j less that of h_i). */
function sumEquation({ proof: { announced, responses }, minus }: Claim): Equation {
  const { lines, end } = announced;
  return [
    [responses.end.s1, base],
    [MINUS_ONE, end.t1.point],
    ...lines.map(({ commitment }): Term => [minus, commitment.point]),
    ...permutationGenerators(lines.length).map((generator): Term => [negate(minus), generator]),
  ];
}

/** s_2·G = t_2 + c·(ĉ_n less the product of all u_j, times H). */
function productEquation({ proof: { announced, responses }, weights, minus }: Claim): Equation {
  return [
    [responses.end.s2, base],
    [MINUS_ONE, announced.end.t2.point],
    [minus, itemAt(announced.lines, weights.length - 1).link.point],
    [negate(multiply(minus, product(weights))), chainGenerator()],
  ];
}

/** s_3·G + sum of s'_i·h_i = t_3 + c·(sum of u_j·c_j). */
function weightsEquation({ proof: { announced, responses }, weights, minus }: Claim): Equation {
  const { lines, end } = announced;
  return [
    [responses.end.s3, base],
    [MINUS_ONE, end.t3.point],
    ...permutationGenerators(lines.length).map(
      (generator, place): Term => [itemAt(responses.lines, place).weight, generator],
    ),
    ...weights.map((weight, place): Term => [multiply(minus, weight), itemAt(lines, place).commitment.point]),
  ];
}

/** Sum of s'_i·P'_i - s_4·K = t + c·(sum of u_j·P_j): P is A, K is G and t is t_A; or P is B, K is Y and t is t_B. */
function ballotsEquation(claim: Claim, half: "A" | "B"): Equation {
  const { statement, proof, weights, minus } = claim;
  const { announced, responses } = proof;
  const [key, mask] = half === "A" ? [base, announced.end.tA] : [claim.publicKey, announced.end.tB];
  return [
    [negate(responses.end.s4), key],
    [MINUS_ONE, mask.point],
    ...responses.lines.map(({ weight }, place): Term => [weight, itemAt(statement.outputs, place)[half]]),
    ...weights.map((weight, place): Term => [multiply(minus, weight), itemAt(statement.inputs, place)[half]]),
  ];
}

/** For each i, ŝ_i·G + s'_i·ĉ_(i-1) = t̂_i + c·ĉ_i, where ĉ_0 is H. */
function chainEquations({ proof: { announced, responses }, minus }: Claim): readonly Equation[] {
  let previous = chainGenerator();
  return announced.lines.map(({ link, mask }, place) => {
    const response = itemAt(responses.lines, place);
    const equation: Equation = [
      [response.link, base],
      [response.weight, previous],
      [minus, link.point],
      [MINUS_ONE, mask.point],
    ];
    previous = link.point;
    return equation;
  });
}

/** All equations of a proof. */
export function shuffleEquations(statement: MixStatement, publicKey: Point, proof: ShuffleProof): readonly Equation[] {
  const { lines } = proof.announced;
  const hashed = hashedStatement(
    statement,
    lines.map(({ commitment }) => commitment.bytes),
  );
  const weights = mixWeights(hashed, lines.length);
  const minus = negate(mixChallenge(hashed, proof.announced));
  const claim: Claim = { statement, publicKey, proof, weights, minus };
  return [
    sumEquation(claim),
    productEquation(claim),
    weightsEquation(claim),
    ballotsEquation(claim, "A"),
    ballotsEquation(claim, "B"),
    ...chainEquations(claim),
  ];
}

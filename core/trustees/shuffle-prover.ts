import { type EncodedPoint, encoded } from "#core/trustees/encoded-point.ts";
import { chainGenerator, permutationGenerators } from "#core/trustees/generators.ts";
import {
  add,
  base,
  multiply,
  type Point,
  prepared,
  type RandomBytes,
  randomScalar,
  type Scalar,
  scalars,
  sumOfProducts,
} from "#core/trustees/group.ts";
import { itemAt } from "#core/trustees/item-at.ts";
import { hashedStatement, type MixStatement, mixChallenge, mixWeights } from "#core/trustees/shuffle-challenges.ts";
import { type AnnouncedEnd, type AnnouncedLine, writeShuffleProof } from "#core/trustees/shuffle-proof.ts";

/**
 * The prover of a shuffle, with the names of shuffle.ts (CHVote, GenPermutationCommitment, GenCommitmentChain, GenShuffleProof).
 *
 * It makes ĉ_i and t̂_i of G and H alone, of which products are fast, since it knows R_i and U_i in ĉ_i = R_i·G + U_i·H: R_0 = 0, U_0 = 1,
 * R_i = r̂_i + u'_i·R_(i-1) and U_i = u'_i·U_(i-1). So r̂ is R_n.
 *
 * Secret products take equal steps, whatever the secret. So do the three sums over ω', but the places in memory that they touch depend on it.
 */

/** What is multiplied many times. */
export type MixKeys = Readonly<{ G: Point; H: Point; Y: Point }>;

/** What only the mixer knows, by place of the output. */
export type MixSecrets = Readonly<{
  /** ψ: the input that each output is. */
  order: readonly number[];
  /** ρ_i. */
  factors: readonly Scalar[];
}>;

let preparedBase: Point | undefined;

/** From so many ballots on it pays to prepare Y, of which each ballot takes one product. */
const PREPARED_FROM = 50;

export function mixKeys(publicKey: Point, ballots: number): MixKeys {
  preparedBase ??= prepared(base);
  return { G: preparedBase, H: chainGenerator(), Y: ballots < PREPARED_FROM ? publicKey : prepared(publicKey) };
}

const { add: plus, multiply: times, negate } = scalars;

const sum = (list: readonly Scalar[]): Scalar => list.reduce(plus, 0n);
const weightedSum = (weights: readonly Scalar[], list: readonly Scalar[]): Scalar =>
  sum(list.map((scalar, place) => times(itemAt(weights, place), scalar)));
export const randomScalars = (count: number, random: RandomBytes): readonly Scalar[] =>
  Array.from({ length: count }, () => randomScalar(random));

/** r_j and c_j, by place of the input. */
export type Committed = Readonly<{ factors: readonly Scalar[]; points: readonly EncodedPoint[] }>;

export function commitToPermutation({ G }: MixKeys, order: readonly number[], random: RandomBytes): Committed {
  const factors = randomScalars(order.length, random);
  const points: EncodedPoint[] = [];
  const generators = permutationGenerators(order.length);
  order.forEach((input, place) => {
    points[input] = encoded(add(multiply(G, itemAt(factors, input)), itemAt(generators, place)));
  });
  return { factors, points };
}

/** ω̂_i and ω'_i, or ŝ_i and s'_i. */
type LinkScalars = Readonly<{ link: Scalar; weight: Scalar }>;
type Chain = Readonly<{
  lines: readonly Readonly<{ link: EncodedPoint; mask: EncodedPoint }>[];
  /** r̂. */
  end: Scalar;
}>;

/** ĉ_i and t̂_i, of the r̂_i, u'_i, ω̂_i and ω'_i. */
function commitmentChain({ G, H }: MixKeys, links: readonly LinkScalars[], masks: readonly LinkScalars[]): Chain {
  const known = (R: Scalar, U: Scalar): EncodedPoint => encoded(add(multiply(G, R), multiply(H, U)));
  let [R, U] = [0n, 1n];
  const lines = links.map(({ link, weight }, place) => {
    const omega = itemAt(masks, place);
    const mask = known(plus(omega.link, times(omega.weight, R)), times(omega.weight, U));
    [R, U] = [plus(link, times(weight, R)), times(weight, U)];
    return { link: known(R, U), mask };
  });
  return { lines, end: R };
}

/** ω_1 to ω_4. */
type EndMasks = Readonly<{ w1: Scalar; w2: Scalar; w3: Scalar; w4: Scalar }>;

function announcedEnd(
  { G, Y }: MixKeys,
  { outputs }: MixStatement,
  { w1, w2, w3, w4 }: EndMasks,
  weightMasks: readonly Scalar[],
): AnnouncedEnd {
  const masked = (points: readonly Point[], key: Point, factor: Scalar): EncodedPoint =>
    encoded(add(multiply(key, factor), sumOfProducts(points, weightMasks)));
  return {
    t1: encoded(multiply(G, w1)),
    t2: encoded(multiply(G, w2)),
    t3: masked(permutationGenerators(outputs.length), G, w3),
    tA: masked(
      outputs.map(({ A }) => A),
      G,
      negate(w4),
    ),
    tB: masked(
      outputs.map(({ B }) => B),
      Y,
      negate(w4),
    ),
  };
}

const linksOf = (links: readonly Scalar[], weights: readonly Scalar[]): readonly LinkScalars[] =>
  links.map((link, place) => ({ link, weight: itemAt(weights, place) }));

/** The bytes of a proof that the outputs are the inputs, encrypted anew, in this order. */
export function proveShuffle(
  keys: MixKeys,
  statement: MixStatement,
  { order, factors }: MixSecrets,
  committed: Committed,
  random: RandomBytes,
): Uint8Array {
  const count = order.length;
  const hashed = hashedStatement(
    statement,
    committed.points.map(({ bytes }) => bytes),
  );
  const u = mixWeights(hashed, count);
  const weights = order.map((input) => itemAt(u, input));
  const links = linksOf(randomScalars(count, random), weights);
  const masks = linksOf(randomScalars(count, random), randomScalars(count, random));
  const chain = commitmentChain(keys, links, masks);
  const [w1, w2, w3, w4] = [randomScalar(random), randomScalar(random), randomScalar(random), randomScalar(random)];
  const end = announcedEnd(
    keys,
    statement,
    { w1, w2, w3, w4 },
    masks.map(({ weight }) => weight),
  );
  const lines = chain.lines.map(
    (line, place): AnnouncedLine => ({ ...line, commitment: itemAt(committed.points, place) }),
  );
  const c = mixChallenge(hashed, { lines, end });
  const answer = (mask: Scalar, secret: Scalar): Scalar => plus(mask, times(c, secret));
  return writeShuffleProof({
    announced: { lines, end },
    responses: {
      lines: links.map(({ link, weight }, place) => {
        const mask = itemAt(masks, place);
        return { link: answer(mask.link, link), weight: answer(mask.weight, weight) };
      }),
      end: {
        s1: answer(w1, sum(committed.factors)),
        s2: answer(w2, chain.end),
        s3: answer(w3, weightedSum(u, committed.factors)),
        s4: answer(w4, weightedSum(weights, factors)),
      },
    },
  });
}

import { readEncoded } from "#core/trustees/encoded-point.ts";
import { type EncryptedBallot, isBatchSize } from "#core/trustees/encrypted-batch.ts";
import { equalLogarithmsEquations, proveEqualLogarithms } from "#core/trustees/equal-logarithms.ts";
import { allHold, type Equation } from "#core/trustees/equations.ts";
import {
  base,
  decodePoint,
  encodePoint,
  equalPoints,
  multiply,
  type Point,
  type RandomBytes,
  type Scalar,
} from "#core/trustees/group.ts";
import {
  type Opening,
  type OpeningContext,
  openingHashes,
  readOpening,
  writeOpening,
} from "#core/trustees/opening-proof.ts";

/**
 * One trustee's part of opening a batch: D_i = k·A_i for each ballot, by the trustee's share k, and one proof that the k is that of the verifying key
 * (equal-logarithms.ts). It tells nothing of a ballot before as many trustees as the threshold have opened it (combination.ts).
 */

/** k·A of a ballot, encoded. A command has libsodium's, of constant time. */
export type SecretProduct = (ballot: EncryptedBallot) => Uint8Array;

const nobleProduct =
  (secret: Scalar): SecretProduct =>
  ({ A }) =>
    encodePoint(multiply(A, secret));

/**
 * The bytes of a trustee's opening of a batch. Throws RangeError when the share is not the verifying key's, the batch is empty or too long,
 * or a product is no element.
 */
export function openBatch(
  context: OpeningContext,
  ballots: readonly EncryptedBallot[],
  share: Scalar,
  random: RandomBytes,
  productOf: SecretProduct = nobleProduct(share),
): Uint8Array {
  const key = decodePoint(context.verifyingKey);
  if (key === undefined || !equalPoints(multiply(base, share), key)) {
    throw new RangeError("the share is not the one of the trustee's verifying key");
  }
  if (!isBatchSize(ballots.length)) throw new RangeError(`a batch of ${ballots.length} ballots cannot be opened`);
  const products = ballots.map((ballot) => {
    const product = readEncoded(productOf(ballot));
    if (product === undefined) throw new RangeError("a product is no element of the group");
    return product;
  });
  const points = ballots.map(({ A }) => A);
  const proof = proveEqualLogarithms(points, openingHashes(context, ballots, products), share, random);
  return writeOpening({ products, proof });
}

/** One trustee's opening as it was handed in. */
export type HandedIn = Readonly<{ context: OpeningContext; bytes: Uint8Array }>;
/** One that is good: the trustee's number, and D_i of each ballot. */
export type Opened = Readonly<{ trustee: number; products: readonly Point[] }>;

type Read = Readonly<{ opened: Opened; equations: readonly Equation[] }>;

function equationsOf(context: OpeningContext, ballots: readonly EncryptedBallot[], opening: Opening): Read | undefined {
  const key = decodePoint(context.verifyingKey);
  if (key === undefined) return undefined;
  const products = opening.products.map(({ point }) => point);
  const statement = { key, points: ballots.map(({ A }) => A), products };
  const hashes = openingHashes(context, ballots, opening.products);
  return {
    opened: { trustee: context.trustee, products },
    equations: equalLogarithmsEquations(statement, hashes, opening.proof),
  };
}

function readHandedIn(ballots: readonly EncryptedBallot[], { context, bytes }: HandedIn): Read | undefined {
  const opening = isBatchSize(ballots.length) ? readOpening(bytes, ballots.length) : undefined;
  return opening && equationsOf(context, ballots, opening);
}

/** What must hold for an opening to be true. Undefined when its bytes are none, or its verifying key or the batch's size is impossible. */
export const openingEquations = (
  ballots: readonly EncryptedBallot[],
  handedIn: HandedIn,
): readonly Equation[] | undefined => readHandedIn(ballots, handedIn)?.equations;

/** Openings of one batch, in their order; undefined for each that is bad. Where all are good, one sum says so. */
export function checkOpenings(
  ballots: readonly EncryptedBallot[],
  handedIn: readonly HandedIn[],
  random: RandomBytes,
): readonly (Opened | undefined)[] {
  const read = handedIn.map((one) => readHandedIn(ballots, one));
  const allGood = allHold(
    read.flatMap((one) => one?.equations ?? []),
    random,
  );
  return read.map((one) => (one && (allGood || allHold(one.equations, random)) ? one.opened : undefined));
}

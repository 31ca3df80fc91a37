import { allHold, type Equation } from "#core/trustees/equations.ts";
import {
  add,
  base,
  decodePoint,
  decodeScalar,
  encodePoint,
  encodeScalar,
  equalPoints,
  multiply,
  multiplyPublic,
  POINT_BYTES,
  type Point,
  type RandomBytes,
  SCALAR_BYTES,
  type Scalar,
  scalars,
  subtract,
} from "#core/trustees/group.ts";
import { challenge, type Part, shortChallenge } from "#core/trustees/transcript.ts";

/**
 * A ballot that no one machine can open.
 *
 * A = rG, B = rY + M: the selection's element M, encrypted for the trustees' key Y (ElGamal, "A public key cryptosystem and a signature
 * scheme based on discrete logarithms", IEEE Transactions on Information Theory 31, 1985).
 *
 * T = wG, z = w + c·r, where c = shortChallenge(context, A, B, T). It verifies by zG = T + cA (Schnorr, "Efficient signature generation by
 * smart cards", J. Cryptology 4, 1991) and proves that whoever made the ballot knows r, for this context only: key, question, election, region
 * and voter. A ballot that was copied for another voter, or encrypted anew, cannot be proved again, so nobody can vote as somebody
 * else did without knowing how (Bernhard, Pereira, Warinschi, "How not to prove yourself", Asiacrypt 2012, sections 4 and 5).
 *
 * Nothing here says that M is a selection: what is no selection is spoiled once it is opened.
 */

/** What a ballot is proved for. */
export type BallotContext = Readonly<{
  /** Y, the trustees' public key, encoded. */
  publicKey: Uint8Array;
  /** See ballotDigest: 32 bytes. */
  ballotDigest: Uint8Array;
  electionId: string;
  regionId: string;
  /** Ed25519, 43 characters of base64url (see card-key.ts). */
  voterKey: string;
}>;

/** The parts of a transcript that say for what a ballot is. */
export const contextParts = (context: BallotContext): readonly Part[] => [
  context.publicKey,
  context.ballotDigest,
  context.electionId,
  context.regionId,
  context.voterKey,
];

export const SEED_BYTES = 32;
/** A, B, T and z. */
export const BODY_BYTES = 3 * POINT_BYTES + SCALAR_BYTES;

type Ballot = Readonly<{ A: Point; B: Point; T: Point; z: Scalar; c: Scalar }>;

/** The two points of a ballot, which are mixed and opened. */
export type Encrypted = Readonly<{ A: Point; B: Point }>;

function bodyOf(parts: readonly Uint8Array[]): Uint8Array {
  const body = new Uint8Array(BODY_BYTES);
  parts.forEach((part, place) => {
    body.set(part, place * POINT_BYTES);
  });
  return body;
}

const challengeOf = (context: BallotContext, A: Uint8Array, B: Uint8Array, T: Uint8Array): Scalar =>
  shortChallenge("scrutin/v2/ballot", ...contextParts(context), A, B, T);

/**
 * The body of a ballot for the element M of a selection. All of it follows from the seed, so that a voter who tests a device can have
 * it made again: r hashes seed, context and M, and w beside them B, so that no two challenges are ever answered with one w. A seed is 32
 * random bytes, used once, and known to whoever may know the selection. Throws RangeError for another length or a key that is none.
 */
export function makeBallot(context: BallotContext, M: Point, seed: Uint8Array): Uint8Array {
  const Y = decodePoint(context.publicKey);
  if (Y === undefined) throw new RangeError("the trustees' public key is no element of the group");
  if (seed.length !== SEED_BYTES) throw new RangeError(`a ballot's seed is ${SEED_BYTES} bytes, not ${seed.length}`);
  const r = challenge("scrutin/v2/ballot-r", seed, ...contextParts(context), encodePoint(M));
  const A = encodePoint(multiply(base, r));
  const B = encodePoint(add(multiply(Y, r), M));
  const w = challenge("scrutin/v2/ballot-w", seed, ...contextParts(context), encodePoint(M), B);
  const T = encodePoint(multiply(base, w));
  const z = scalars.add(w, scalars.multiply(challengeOf(context, A, B, T), r));
  return bodyOf([A, B, T, encodeScalar(z)]);
}

/** Reads a body. Undefined for another length, what is no element of the group, the neutral one, and a response that is no scalar. */
function readBody(context: BallotContext, body: Uint8Array): Ballot | undefined {
  if (body.length !== BODY_BYTES) return undefined;
  const part = (place: number): Uint8Array => body.subarray(place * POINT_BYTES, (place + 1) * POINT_BYTES);
  const z = decodeScalar(part(3));
  if (z === undefined) return undefined;
  const [A, B, T] = [decodePoint(part(0)), decodePoint(part(1)), decodePoint(part(2))];
  if (A === undefined || B === undefined || T === undefined) return undefined;
  return { A, B, T, z, c: challengeOf(context, part(0), part(1), part(2)) };
}

/** Whether zG = T + cA. */
function isProved({ A, T, z, c }: Ballot): boolean {
  return equalPoints(subtract(multiplyPublic(base, z), multiplyPublic(A, c)), T);
}

/** The points of a ballot whose body is well formed, and proved for this context; undefined for any other. */
export function checkBallot(context: BallotContext, body: Uint8Array): Encrypted | undefined {
  const ballot = readBody(context, body);
  return ballot !== undefined && isProved(ballot) ? { A: ballot.A, B: ballot.B } : undefined;
}

/** T + cA - zG = 0. */
const equationOf = ({ A, T, z, c }: Ballot): Equation => [
  [1n, T],
  [c, A],
  [scalars.negate(z), base],
];

/** Halves what is wrong until each is alone: few are. */
function unproved(ballots: readonly Ballot[], random: RandomBytes): readonly Ballot[] {
  if (ballots.length === 1) return ballots.filter((ballot) => !isProved(ballot));
  if (allHold(ballots.map(equationOf), random)) return [];
  const half = Math.ceil(ballots.length / 2);
  return [...unproved(ballots.slice(0, half), random), ...unproved(ballots.slice(half), random)];
}

export type CastBody = Readonly<{ context: BallotContext; body: Uint8Array }>;

/** As checkBallot, of many ballots at once and in their order: what is the same for each is said of all in one sum. */
export function checkBallots(ballots: readonly CastBody[], random: RandomBytes): readonly (Encrypted | undefined)[] {
  const read = ballots.map(({ context, body }) => readBody(context, body));
  const wrong = new Set(
    unproved(
      read.filter((ballot) => ballot !== undefined),
      random,
    ),
  );
  return read.map((ballot) => (ballot === undefined || wrong.has(ballot) ? undefined : { A: ballot.A, B: ballot.B }));
}

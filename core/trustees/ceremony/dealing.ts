import { ristretto255_FROST } from "@noble/curves/ed25519.js";
import { MOST_TRUSTEES } from "#core/trustees/ceremony/record-shape.ts";
import {
  add,
  decodePoint,
  encodePoint,
  equalSecrets,
  neutral,
  type Point,
  scalars,
  sumOfProducts,
} from "#core/trustees/group.ts";
import { itemAt } from "#core/trustees/item-at.ts";
import { transcript, uint32 } from "#core/trustees/transcript.ts";

/**
 * The key that nobody has: key generation of FROST (Komlo and Goldberg, "FROST: Flexible round-optimized Schnorr threshold signatures", SAC 2020,
 * figure 1; after Pedersen, Eurocrypt 1991), as noble has it for ristretto255.
 *
 * Trustee j chooses a polynomial f_j of degree threshold - 1 and publishes its coefficients times G, and a proof that it knows f_j(0). It gives f_j(i) to
 * trustee i, who checks f_j(i)·G against the published. With f = Σ f_j, trustee i has the share k_i = f(i); its verifying key is
 * k_i·G; the public key is f(0)·G, and nobody knows f(0).
 *
 * The polynomial is hashed of a trustee's secret and the proposal's digest, and never stored: key file and messages are all that is needed to
 * have the share again. What noble draws is drawn in the order in which it asks, so a test holds it to what it drew first.
 */

const { DKG, Identifier, validateSecret } = ristretto255_FROST;

/** Polynomial coefficients times G, encoded, and the proof of knowledge. */
export type Dealing = Readonly<{ commitments: readonly Uint8Array[]; proof: Uint8Array }>;

/** Who deals, in which ceremony. */
export type Dealer = Readonly<{
  /** 32 secret bytes of the trustee. */
  secret: Uint8Array;
  /** See proposalDigest: who takes part and how many open are hashed in it. */
  ceremony: Uint8Array;
  number: number;
  threshold: number;
  trustees: number;
}>;

/** What a trustee has at the end. `share` is a secret: 32 bytes, a scalar. */
export type TrusteeShare = Readonly<{ share: Uint8Array; publicKey: Uint8Array; verifyingKeys: readonly Uint8Array[] }>;

const signersOf = ({ threshold, trustees }: Dealer): { min: number; max: number } => ({
  min: threshold,
  max: trustees,
});

/** What a dealer draws: SHA-512 of its secret, the ceremony, its number and a count. */
function drawnBy({ secret, ceremony, number }: Dealer): (length?: number) => Uint8Array<ArrayBuffer> {
  let drawn = 0;
  return (length = 0) => {
    const bytes = transcript("scrutin/v2/ceremony-dealing", secret, ceremony, uint32(number), uint32(drawn));
    if (length < 1 || length > bytes.length) throw new RangeError(`noble drew ${length} bytes at once`);
    drawn += 1;
    return bytes.slice(0, length);
  };
}

const firstRound = (dealer: Dealer) =>
  DKG.round1(Identifier.fromNumber(dealer.number), signersOf(dealer), undefined, drawnBy(dealer));

/** What a trustee publishes in round 1. */
export function deal(dealer: Dealer): Dealing {
  const { commitment, proofOfKnowledge } = firstRound(dealer).public;
  return { commitments: commitment, proof: proofOfKnowledge };
}

const packageOf = (number: number, { commitments, proof }: Dealing) => ({
  identifier: Identifier.fromNumber(number),
  commitment: commitments.map((bytes) => new Uint8Array(bytes)),
  proofOfKnowledge: new Uint8Array(proof),
});

/** All but one's own, which follow from its secret. */
const othersOf = ({ number }: Dealer, dealings: readonly Dealing[]) =>
  dealings.flatMap((dealing, place) => (place + 1 === number ? [] : [packageOf(place + 1, dealing)]));

/** Whether a dealing is of the right degree, and its dealer knows f(0). */
export function isDealt(
  { ceremony, threshold, trustees }: Omit<Dealer, "secret" | "number">,
  number: number,
  dealing: Dealing,
): boolean {
  // noble checks those of all others at once: here each other one than the dealer is played by somebody honest.
  const played = (player: number): Dealer => ({
    secret: new Uint8Array(),
    ceremony,
    number: player,
    threshold,
    trustees,
  });
  const dealings = Array.from({ length: trustees }, (_, place) =>
    place + 1 === number ? dealing : deal(played(place + 1)),
  );
  const judge = played(number === 1 ? 2 : 1);
  try {
    DKG.round2(firstRound(judge).secret, othersOf(judge, dealings));
    return true;
  } catch {
    return false;
  }
}

/** The numbers of those whose dealings are not good. */
export function badDealers(who: Omit<Dealer, "secret" | "number">, dealings: readonly Dealing[]): readonly number[] {
  const wrong = (number: number): boolean => !isDealt(who, number, itemAt(dealings, number - 1));
  return dealings.map((_, place) => place + 1).filter(wrong);
}

/** f_j(i) for each trustee i in order, 32 secret bytes each; undefined for the dealer. Throws where a dealing is not good (see isDealt). */
export function sharesFor(dealer: Dealer, dealings: readonly Dealing[]): readonly (Uint8Array | undefined)[] {
  const shares = DKG.round2(firstRound(dealer).secret, othersOf(dealer, dealings));
  return dealings.map((_, place) => shares[Identifier.fromNumber(place + 1)]?.signingShare);
}

/** Whether f_j(i) is what its dealer committed to: f_j(i)·G = Σ i^k·C_k. */
export function isShareOf({ commitments }: Dealing, number: number, share: Uint8Array): boolean {
  const committed = {
    signers: { min: commitments.length, max: MOST_TRUSTEES },
    commitments: [...commitments],
    verifyingShares: {},
  };
  try {
    validateSecret({ identifier: Identifier.fromNumber(number), signingShare: share }, committed);
    return true;
  } catch {
    return false;
  }
}

/** The public key and each trustee's verifying key, of all good dealings. Throws RangeError for commitments that are none. */
export function keysDealt(dealings: readonly Dealing[]): Omit<TrusteeShare, "share"> {
  const [first] = dealings;
  const sums = (first?.commitments ?? []).map((_, power) =>
    dealings.map(({ commitments }) => pointIn(itemAt(commitments, power))).reduce(add, neutral),
  );
  const valueAt = (number: number): Uint8Array => {
    const powers = sums.reduce<bigint[]>(
      (done) => [...done, scalars.multiply(done.at(-1) ?? 1n, BigInt(number))],
      [1n],
    );
    return encodePoint(sumOfProducts(sums, powers.slice(0, sums.length)));
  };
  return { publicKey: encodePoint(itemAt(sums, 0)), verifyingKeys: dealings.map((_, place) => valueAt(place + 1)) };
}

function pointIn(bytes: Uint8Array): Point {
  const point = decodePoint(bytes);
  if (point === undefined) throw new RangeError("a commitment is no element of the group");
  return point;
}

/**
 * A trustee's share, of all dealings and of what the others gave it; its own it makes itself. Throws where a dealing or a share is not good
 * (see isDealt, isShareOf), and where noble's public key is not ours.
 */
export function shareDealt(
  dealer: Dealer,
  dealings: readonly Dealing[],
  received: readonly (Uint8Array | undefined)[],
): TrusteeShare {
  const { secret } = firstRound(dealer);
  const others = othersOf(dealer, dealings);
  DKG.round2(secret, others);
  const given = received.flatMap((share, place) =>
    share === undefined || place + 1 === dealer.number
      ? []
      : [{ identifier: Identifier.fromNumber(place + 1), signingShare: new Uint8Array(share) }],
  );
  const key = DKG.round3(secret, others, given);
  const keys = keysDealt(dealings);
  const own = key.public.verifyingShares[key.secret.identifier];
  if (own === undefined || !equalSecrets(own, itemAt(keys.verifyingKeys, dealer.number - 1))) {
    throw new Error("the share is not the one of its verifying key");
  }
  return { share: key.secret.signingShare, ...keys };
}

import { mulAddUnsafe, pippenger } from "@noble/curves/abstract/curve.js";
import { ristretto255, ristretto255_hasher } from "@noble/curves/ed25519.js";
import { equalBytes } from "@noble/curves/utils.js";

/**
 * The group of all that trustees do: ristretto255 (RFC 9496), of the prime order
 * l = 2^252 + 27742317777372353535851937790883648493, written additively, and the integers modulo l, its scalars. A thin face over
 * noble's: nothing outside this file touches a point or a scalar but through it, so that a faster audited engine can take noble's
 * place. What is written `G` in equations is `base`.
 *
 * Decoding is the group check (RFC 9496, section 4.3.1): each element has one encoding, and bytes that are none's are refused. No
 * point that comes from outside enters otherwise.
 */

/** An element of the group. Its fields are noble's own affair. */
export type Point = InstanceType<typeof ristretto255.Point>;
/** An integer from 0 to l - 1. */
export type Scalar = bigint;
/** That many random bytes, of a generator fit for secrets. */
export type RandomBytes = (length: number) => Uint8Array;

export const POINT_BYTES = 32;
export const SCALAR_BYTES = 32;
/** Bytes that are reduced to a scalar, or mapped to a point, without a bias anybody could notice. */
export const WIDE_BYTES = 64;

const { Fn } = ristretto255.Point;
// noble's type is of all its curves, of which some map no bytes.
const { deriveToCurve } = ristretto255_hasher as Required<typeof ristretto255_hasher>;

/** l, the number of elements. */
export const ORDER: bigint = Fn.ORDER;
/** The generator of RFC 9496, section 4. */
export const base: Point = ristretto255.Point.BASE;
/** The neutral element, 0. As a public key, or as a half of a ballot, it hides nothing. */
export const neutral: Point = ristretto255.Point.ZERO;

/** Reads an element (RFC 9496, section 4.3.1). Undefined for what is no element's encoding. */
export function decodePointOrNeutral(bytes: Uint8Array): Point | undefined {
  try {
    return ristretto255.Point.fromBytes(bytes);
  } catch {
    return undefined;
  }
}

/** Reads an element that is not neutral. Undefined for the neutral one, and for what is no element's encoding. */
export function decodePoint(bytes: Uint8Array): Point | undefined {
  const point = decodePointOrNeutral(bytes);
  return point === undefined || isNeutral(point) ? undefined : point;
}

/** The 32 bytes of an element (RFC 9496, section 4.3.2). */
export const encodePoint = (point: Point): Uint8Array => point.toBytes();

export const isNeutral = (point: Point): boolean => point.is0();
export const equalPoints = (a: Point, b: Point): boolean => a.equals(b);
export const add = (a: Point, b: Point): Point => a.add(b);
export const subtract = (a: Point, b: Point): Point => a.subtract(b);

/**
 * s·P, in noble's even steps, for secret scalars: as constant in time as JavaScript's integers allow, which promise nothing.
 */
export const multiply = (point: Point, scalar: Scalar): Point =>
  // noble refuses zero here, since a secret never is.
  scalar === 0n ? neutral : point.multiply(scalar);

/** Of so many bits are the windows of a prepared element: some 4,000 sums beforehand, and 32 for each product. */
const PREPARED_WINDOW = 8;

/** The same element, of which products take an eighth of the time. It is worth preparing from a hundred products on. */
export const prepared = (point: Point): Point =>
  ristretto255.Point.fromBytes(point.toBytes()).precompute(PREPARED_WINDOW);

/** From so many products on, Pippenger's method is faster than Strauss's. */
const MANY_PRODUCTS = 200;

/**
 * The sum of s_i·P_i, for public scalars: its time tells them. From MANY_PRODUCTS on its steps are the same for all scalars, only the places in
 * memory are not. Throws when there are not as many of each.
 */
export const sumOfProducts = (points: readonly Point[], scalars: readonly Scalar[]): Point =>
  (points.length < MANY_PRODUCTS ? mulAddUnsafe : pippenger)(ristretto255.Point, [...points], [...scalars]);

/** s·P, for public scalars only: its time tells them. Fast where P is the base, or s is short. */
export const multiplyPublic = (point: Point, scalar: Scalar): Point => point.multiplyUnsafe(scalar);

/** An element of 64 uniform bytes (RFC 9496, section 4.3.4): nobody knows its logarithm to any other. Throws for other lengths. */
export const pointOfUniform = (bytes: Uint8Array): Point => deriveToCurve(bytes);

/** Arithmetic modulo l. */
export const scalars = {
  add: (a: Scalar, b: Scalar): Scalar => Fn.add(a, b),
  subtract: (a: Scalar, b: Scalar): Scalar => Fn.sub(a, b),
  multiply: (a: Scalar, b: Scalar): Scalar => Fn.mul(a, b),
  negate: (a: Scalar): Scalar => Fn.neg(a),
  /** Throws for 0. */
  invert: (a: Scalar): Scalar => Fn.inv(a),
} as const;

/** The 32 bytes of a scalar, the least first (RFC 9496, section 4.4). Throws RangeError for a number that is none. */
export function encodeScalar(scalar: Scalar): Uint8Array {
  if (!Fn.isValid(scalar)) throw new RangeError("a scalar is from 0 to the group's order less one");
  return Fn.toBytes(scalar);
}

/** Reads a scalar. Undefined for l and above, and for any other length: one scalar has one encoding. */
export function decodeScalar(bytes: Uint8Array): Scalar | undefined {
  try {
    return Fn.fromBytes(bytes);
  } catch {
    return undefined;
  }
}

const numberOf = (bytes: Uint8Array): bigint => bytes.reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n);

/** 64 uniform bytes, the least first, modulo l (RFC 9496, section 4.4). Throws for other lengths. */
export function scalarOfUniform(bytes: Uint8Array): Scalar {
  if (bytes.length !== WIDE_BYTES) throw new RangeError(`a scalar is made of ${WIDE_BYTES} bytes, not ${bytes.length}`);
  return Fn.create(numberOf(bytes));
}

/** A uniform scalar. */
export const randomScalar = (random: RandomBytes): Scalar => scalarOfUniform(random(WIDE_BYTES));

const SHORT_BYTES = 16;

/** The first 16 of some bytes, the least first: 128 bits. Throws RangeError for fewer bytes. */
export function shortScalar(bytes: Uint8Array): Scalar {
  if (bytes.length < SHORT_BYTES) throw new RangeError(`a short scalar is made of ${SHORT_BYTES} bytes`);
  return numberOf(bytes.subarray(0, SHORT_BYTES));
}

/**
 * What a verifier multiplies an equation by before adding others: 128 bits. Of equations of which one is wrong, the sum is right by a chance of
 * 2^-128 (Bellare, Garay, Rabin, "Fast batch verification", Eurocrypt 1998, section 3.3, the small exponents test; the order is prime).
 */
export const randomWeight = (random: RandomBytes): Scalar => shortScalar(random(SHORT_BYTES));

/** Whether two secrets are equal, in a time that does not tell where they differ. Lengths are public. */
export const equalSecrets = (a: Uint8Array, b: Uint8Array): boolean => equalBytes(a, b);

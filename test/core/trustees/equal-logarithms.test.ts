import { createHash } from "node:crypto";
import { ristretto255_hasher } from "@noble/curves/ed25519.js";
import { describe, expect, test } from "vitest";
import { encoded } from "#core/trustees/encoded-point.ts";
import {
  type EqualLogarithms,
  type EqualLogarithmsHashes,
  equalLogarithmsEquations,
  proveEqualLogarithms,
} from "#core/trustees/equal-logarithms.ts";
import { holds } from "#core/trustees/equations.ts";
import {
  add,
  base,
  decodePoint,
  decodeScalar,
  encodePoint,
  encodeScalar,
  equalPoints,
  multiply,
  neutral,
  type Point,
  type RandomBytes,
  type Scalar,
  sumOfProducts,
} from "#core/trustees/group.ts";
import { DLEQ_VECTORS, PUBLIC_KEY, SECRET_KEY } from "#test/core/trustees/rfc9497.ts";

/** The proof of RFC 9497, section 2.2, where weights and challenge are hashed as the RFC does. */

const bytesOf = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex, "hex"));
const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
const pointOf = (hex: string): Point => decodePoint(bytesOf(hex)) ?? neutral;
const scalarOf = (hex: string): Scalar => decodeScalar(bytesOf(hex)) ?? 0n;

/** "OPRFV1-", the mode VOPRF, "-", the suite (section 3.1). */
const CONTEXT = "OPRFV1-\x01-ristretto255-SHA512";

const uint16 = (number: number): Buffer => Buffer.from([number >> 8, number & 255]);
const withLength = (bytes: Uint8Array): Buffer => Buffer.concat([uint16(bytes.length), bytes]);
function hashToScalar(input: Uint8Array): Scalar {
  const { hashToScalar: hash } = ristretto255_hasher;
  return hash(input, { DST: Buffer.from(`HashToScalar-${CONTEXT}`, "latin1") });
}

/** ComputeComposites and the challenge of GenerateProof. */
function rfcHashes({ key, points, products }: EqualLogarithms): EqualLogarithmsHashes {
  const Bm = withLength(encodePoint(key));
  const seedDst = Buffer.from(`Seed-${CONTEXT}`, "latin1");
  const seed = createHash("sha512").update(Bm).update(withLength(seedDst)).digest();
  const weights = points.map((point, place) =>
    hashToScalar(
      Buffer.concat([
        withLength(seed),
        uint16(place),
        withLength(encodePoint(point)),
        withLength(encodePoint(products[place] ?? neutral)),
        Buffer.from("Composite"),
      ]),
    ),
  );
  const composites = [points, products].map((of) => withLength(encodePoint(sumOfProducts(of, weights))));
  return {
    weights,
    challenge: (t2, t3) =>
      hashToScalar(Buffer.concat([Bm, ...composites, withLength(t2), withLength(t3), Buffer.from("Challenge")])),
  };
}

describe.each(DLEQ_VECTORS)("RFC 9497, A.1.2: the proof $proof", ({ blinded, evaluated, proof, randomScalar }) => {
  const statement = { key: pointOf(PUBLIC_KEY), points: blinded.map(pointOf), products: evaluated.map(pointOf) };
  const hashes = rfcHashes(statement);
  const [c, s] = [scalarOf(proof.slice(0, 64)), scalarOf(proof.slice(64))];

  test("is what is proved with the same random scalar", () => {
    const random: RandomBytes = (length) => {
      const bytes = new Uint8Array(length);
      bytes.set(bytesOf(randomScalar));
      return bytes;
    };
    const made = proveEqualLogarithms(statement.points, hashes, scalarOf(SECRET_KEY), random);
    expect(hexOf(encodeScalar(hashes.challenge(made.t2.bytes, made.t3.bytes))) + hexOf(encodeScalar(made.s))).toBe(
      proof,
    );
  });

  test("verifies, and not with another s, another point or another key", () => {
    const M = sumOfProducts(statement.points, hashes.weights);
    const Z = sumOfProducts(statement.products, hashes.weights);
    const t2 = encoded(add(multiply(base, s), multiply(statement.key, c)));
    const t3 = encoded(add(multiply(M, s), multiply(Z, c)));
    const verifies = (of: EqualLogarithms, response: Scalar = s): boolean =>
      equalLogarithmsEquations(of, rfcHashes(of), { t2, t3, s: response }).every(holds);
    expect(equalPoints(multiply(base, scalarOf(SECRET_KEY)), statement.key)).toBe(true);
    expect(verifies(statement)).toBe(true);
    expect(verifies(statement, s + 1n)).toBe(false);
    expect(verifies({ ...statement, products: statement.points })).toBe(false);
    expect(verifies({ ...statement, key: base })).toBe(false);
  });
});

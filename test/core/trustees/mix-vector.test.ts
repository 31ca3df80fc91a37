import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { encryptedBallot } from "#core/trustees/encrypted-batch.ts";
import { add, base, encodePoint, multiply, type Scalar } from "#core/trustees/group.ts";
import { checkOpenings, openBatch } from "#core/trustees/opening.ts";
import type { OpeningContext } from "#core/trustees/opening-proof.ts";
import { isMixed, mix } from "#core/trustees/shuffle.ts";
import { batchContext, bytesOf } from "#test/core/trustees/batch-of.ts";
import { random } from "#test/core/trustees/contexts.ts";
import { seeded } from "#test/core/trustees/seeded.ts";

/**
 * What is written once must be read for ever: three ballots of known scalars, mixed and opened with seeded randomness.
 *
 * No vectors of others fit. Those published for this proof of shuffle (Verificatum's, CHVote's) are of multiplicative groups or of NIST
 * curves, with generators, challenges and encodings of their own, and without our context; a proof holds for one way of hashing only. So the equations are
 * held by CHVote's algorithm, written a second time (check-shuffle-proof.ts), and those of the opening by RFC 9497's vectors.
 */

const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");
const SECRET: Scalar = 1234567890123456789n;
const publicKey = encodePoint(multiply(base, SECRET));

const inputs = [5n, 6n, 7n].map((r, place) => {
  const A = multiply(base, r);
  return encryptedBallot({ A, B: add(multiply(A, SECRET), multiply(base, BigInt(place + 1))) });
});

test("a mix of three known ballots has these bytes", () => {
  const context = { ...batchContext(publicKey), mix: 0, mixer: "Court of audit" };
  const { outputs, proof } = mix(context, inputs, seeded("mix"));
  expect(isMixed({ context, inputs, outputs }, proof, random)).toBe(true);
  expect([sha256(bytesOf(inputs)), sha256(bytesOf(outputs)), sha256(proof)]).toEqual([
    "ffb23254efd09aa9016abf11f595c613f9032ab91b10373c964f11e638e6b831",
    "315c69ef40063a25432576ac27aacd58fc6b42683830cd9057a073c51d31bf14",
    "cde8d3d5e4be34d9e2e92bc6b709629f06cf95a2d611edac065776628de34bcc",
  ]);
});

test("an opening of three known ballots has these bytes", () => {
  const context: OpeningContext = {
    ...batchContext(publicKey),
    trustee: 1,
    name: "Court of audit",
    verifyingKey: publicKey,
  };
  const bytes = openBatch(context, inputs, SECRET, seeded("opening"));
  expect(checkOpenings(inputs, [{ context, bytes }], random)[0]).toBeDefined();
  expect(sha256(bytes)).toBe("d41c7c205831f1ce4bc482f7d685394221e84c37001535450b7234120de312af");
});

import {
  add,
  base,
  decodePoint,
  decodeScalar,
  encodePoint,
  equalPoints,
  multiply,
  neutral,
  type Point,
  type Scalar,
  scalars,
  subtract,
} from "#core/trustees/group.ts";
import { hashedStatement, type MixStatement } from "#core/trustees/shuffle-challenges.ts";
import { challenge, generator, uint32 } from "#core/trustees/transcript.ts";

/**
 * CheckShuffleProof as CHVote has it, step by step: what the mixer announced is computed anew from the answers and compared. It shares no
 * equation with core, and reads the bytes by itself.
 */

const part = (bytes: Uint8Array, place: number): Uint8Array => bytes.subarray(32 * place, 32 * place + 32);
const pointAt = (bytes: Uint8Array, place: number): Point => decodePoint(part(bytes, place)) ?? neutral;
const scalarAt = (bytes: Uint8Array, place: number): Scalar => decodeScalar(part(bytes, place)) ?? 0n;

const total = (points: readonly Point[]): Point => points.reduce(add, neutral);
const weighted = (weights: readonly Scalar[], points: readonly Point[]): Point =>
  total(points.map((point, place) => multiply(point, weights[place] ?? 0n)));

export function checkShuffleProof(statement: MixStatement, proof: Uint8Array): boolean {
  const { context, inputs, outputs } = statement;
  const n = inputs.length;
  const lines = Array.from({ length: n }, (_, i) => proof.subarray(160 * i, 160 * i + 160));
  const end = proof.subarray(160 * n);
  const h = lines.map((_, i) => generator("scrutin/v2/mix-generator", uint32(i + 1)));
  const H = generator("scrutin/v2/mix-generator", uint32(0));
  const Y = pointAt(context.publicKey, 0);

  const hashed = hashedStatement(
    statement,
    lines.map((line) => part(line, 0)),
  );
  const u = lines.map((_, j) => challenge("scrutin/v2/mix-weight", hashed, uint32(j)));
  const c = challenge(
    "scrutin/v2/mix-challenge",
    hashed,
    lines.map((line) => [0, 1, 2].map((place) => part(line, place))),
    [0, 1, 2, 3, 4].map((place) => part(end, place)),
  );

  const commitments = lines.map((line) => pointAt(line, 0));
  const links = lines.map((line) => pointAt(line, 1));
  const [s1, s2, s3, s4] = [scalarAt(end, 5), scalarAt(end, 6), scalarAt(end, 7), scalarAt(end, 8)];
  const weightResponses = lines.map((line) => scalarAt(line, 4));

  const cBar = subtract(total(commitments), total(h));
  const cHat = subtract(links[n - 1] ?? neutral, multiply(H, u.reduce(scalars.multiply, 1n)));
  const cTilde = weighted(u, commitments);
  const aTilde = weighted(
    u,
    inputs.map(({ A }) => A),
  );
  const bTilde = weighted(
    u,
    inputs.map(({ B }) => B),
  );

  const less = (point: Point, committed: Point): Point => subtract(point, multiply(committed, c));
  const announced = [
    less(multiply(base, s1), cBar),
    less(multiply(base, s2), cHat),
    less(add(multiply(base, s3), weighted(weightResponses, h)), cTilde),
    less(
      subtract(
        weighted(
          weightResponses,
          outputs.map(({ A }) => A),
        ),
        multiply(base, s4),
      ),
      aTilde,
    ),
    less(
      subtract(
        weighted(
          weightResponses,
          outputs.map(({ B }) => B),
        ),
        multiply(Y, s4),
      ),
      bTilde,
    ),
  ];
  const masks = lines.map((line, i) => {
    const previous = i === 0 ? H : (links[i - 1] ?? neutral);
    const response = add(multiply(base, scalarAt(line, 3)), multiply(previous, scalarAt(line, 4)));
    return less(response, links[i] ?? neutral);
  });
  return (
    announced.every((point, place) => equalPoints(point, pointAt(end, place))) &&
    masks.every((point, i) => Buffer.compare(encodePoint(point), part(lines[i] ?? end, 2)) === 0)
  );
}

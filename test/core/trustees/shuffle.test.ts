import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { encoded } from "#core/trustees/encoded-point.ts";
import { type EncryptedBallot, encryptedBallot, readBatch } from "#core/trustees/encrypted-batch.ts";
import { holds } from "#core/trustees/equations.ts";
import { permutationGenerators } from "#core/trustees/generators.ts";
import {
  add,
  base,
  decodeScalar,
  encodePoint,
  encodeScalar,
  multiply,
  ORDER,
  pointOfUniform,
  randomScalar,
  type Scalar,
  scalars,
  subtract,
} from "#core/trustees/group.ts";
import { isMixed, type Mixed, mix, mixEquations } from "#core/trustees/shuffle.ts";
import type { MixContext } from "#core/trustees/shuffle-challenges.ts";
import { shuffleProofBytes } from "#core/trustees/shuffle-proof.ts";
import { type Committed, commitToPermutation, mixKeys, proveShuffle } from "#core/trustees/shuffle-prover.ts";
import { batchContext, bytesOf, encryptedFor, someSelections } from "#test/core/trustees/batch-of.ts";
import { checkShuffleProof } from "#test/core/trustees/check-shuffle-proof.ts";
import { random, wholeKey } from "#test/core/trustees/contexts.ts";

const { secret, publicKey } = wholeKey();
const context: MixContext = { ...batchContext(publicKey), mix: 0, mixer: "Court of audit" };
const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
const opened = ({ A, B }: EncryptedBallot): string => hexOf(encodePoint(subtract(B, multiply(A, secret))));

type Tried = Readonly<{ context: MixContext; inputs: readonly EncryptedBallot[] }> & Mixed;

/** Whether a mix is accepted: by one sum, by its equations one by one, and by CHVote's own steps, which must agree. */
function isAccepted({ context: of, inputs, outputs, proof }: Tried): boolean {
  const statement = { context: of, inputs, outputs };
  const joined = isMixed(statement, proof, random);
  const equations = mixEquations(statement, proof);
  expect(equations?.every(holds) ?? false).toBe(joined);
  if (equations !== undefined) expect(checkShuffleProof(statement, proof)).toBe(joined);
  return joined;
}

function mixed(count: number, of: MixContext = context): Tried {
  const inputs = encryptedFor(of.publicKey, someSelections(count));
  return { context: of, inputs, ...mix(of, inputs, random) };
}

const SIZE = 5;
let good: Tried;
beforeAll(() => {
  good = mixed(SIZE);
});

describe("a mix", () => {
  test.each([1, 2, 3, 7])("of %d ballots verifies, and opens to the same selections", (count) => {
    const tried = mixed(count);
    expect(isAccepted(tried)).toBe(true);
    expect(tried.outputs.map(opened).toSorted()).toEqual(tried.inputs.map(opened).toSorted());
    expect(tried.proof).toHaveLength(160 * count + 288);
  });

  test("of so many ballots that keys are prepared and sums are made by Pippenger's method verifies", () => {
    const tried = mixed(60);
    expect(isMixed(tried, tried.proof, random)).toBe(true);
    expect(isMixed({ ...tried, outputs: tried.outputs.toReversed() }, tried.proof, random)).toBe(false);
  });

  test("verifies for every permutation", () => {
    const permutation = fc
      .integer({ min: 1, max: 6 })
      .chain((count) => fc.shuffledSubarray([...Array(count).keys()], { minLength: count }));
    fc.assert(
      fc.property(permutation, (order) => {
        const inputs = encryptedFor(publicKey, someSelections(order.length));
        const factors = order.map(() => randomScalar(random));
        const outputs = order.map((input, place) => encryptedAnew(inputs, input, factors[place] ?? 0n));
        const proof = proved({ inputs, outputs }, order, factors);
        expect(isAccepted({ context, inputs, outputs, proof })).toBe(true);
      }),
      { numRuns: 15 },
    );
  });

  test("of a mix of a mix verifies", () => {
    const second: MixContext = { ...context, mix: 1, mixer: "University" };
    expect(isAccepted({ context: second, inputs: good.outputs, ...mix(second, good.outputs, random) })).toBe(true);
  });

  test("of equal ballots, and of the same ballot twice, verifies", () => {
    const [ballot] = encryptedFor(publicKey, someSelections(1));
    const inputs = ballot ? [ballot, ballot, ballot] : [];
    expect(isAccepted({ context, inputs, ...mix(context, inputs, random) })).toBe(true);
  });

  test("gives no output that was an input", () => {
    const before = new Set(good.inputs.flatMap(({ A, B }) => [A, B].map((point) => hexOf(encodePoint(point)))));
    for (const { A, B } of good.outputs) {
      expect(before.has(hexOf(encodePoint(A)))).toBe(false);
      expect(before.has(hexOf(encodePoint(B)))).toBe(false);
    }
  });

  test("is not made of an empty batch, one that is too long, or for a key that is none", () => {
    expect(() => mix(context, [], random)).toThrow("a batch of 0 ballots");
    const [ballot] = good.inputs;
    expect(() => mix(context, ballot ? Array(16_385).fill(ballot) : [], random)).toThrow("a batch of 16385 ballots");
    expect(() => mix({ ...context, publicKey: new Uint8Array(32) }, good.inputs, random)).toThrow("public key");
  });
});

function encryptedAnew(inputs: readonly EncryptedBallot[], input: number, factor: Scalar): EncryptedBallot {
  const ballot = inputs[input];
  if (ballot === undefined) throw new RangeError("no such input");
  const Y = multiply(base, secret);
  return encryptedBallot({ A: add(ballot.A, multiply(base, factor)), B: add(ballot.B, multiply(Y, factor)) });
}

type Batches = Readonly<{ inputs: readonly EncryptedBallot[]; outputs: readonly EncryptedBallot[] }>;

function proved(batches: Batches, order: readonly number[], factors: readonly Scalar[], of?: Committed): Uint8Array {
  const keys = mixKeys(multiply(base, secret), order.length);
  const committed = of ?? commitToPermutation(keys, order, random);
  return proveShuffle(keys, { context, ...batches }, { order, factors }, committed, random);
}

/** A mixer who follows the protocol, with outputs that are not the inputs. */
function forged(order: readonly number[], change: (outputs: EncryptedBallot[]) => void): Tried {
  const inputs = encryptedFor(publicKey, someSelections(order.length));
  const factors = order.map(() => randomScalar(random));
  const outputs = order.map((input, place) => encryptedAnew(inputs, input, factors[place] ?? 0n));
  change(outputs);
  return { context, inputs, outputs, proof: proved({ inputs, outputs }, order, factors) };
}

describe("a mixer is caught who", () => {
  test("replaces a ballot by one of its own", () => {
    const [own] = encryptedFor(publicKey, someSelections(1));
    expect(isAccepted(forged([2, 0, 1], (outputs) => own && outputs.splice(1, 1, own)))).toBe(false);
  });

  test("drops a ballot and doubles another", () => {
    const [inputs, factors] = [encryptedFor(publicKey, someSelections(3)), [11n, 12n, 13n]];
    const order = [0, 0, 2];
    const outputs = order.map((input, place) => encryptedAnew(inputs, input, factors[place] ?? 0n));
    // A commitment to this order, whose rows sum to 1: the weights' product and the ballots do not fit.
    const [h1 = base, h2 = base, h3 = base] = permutationGenerators(3);
    const columns = [add(h1, h2), multiply(base, 0n), h3];
    const committed: Committed = {
      factors: [21n, 22n, 23n],
      points: columns.map((column, place) => encoded(add(multiply(base, 21n + BigInt(place)), column))),
    };
    const proof = proved({ inputs, outputs }, order, factors, committed);
    expect(isAccepted({ context, inputs, outputs, proof })).toBe(false);
    const equations = mixEquations({ context, inputs, outputs }, proof) ?? [];
    expect(equations.map(holds).flatMap((held, place) => (held ? [] : [place]))).toEqual([1, 3, 4]);
  });

  test("drops a ballot, so that there are fewer", () => {
    const { outputs, ...rest } = good;
    expect(isAccepted({ ...rest, outputs: outputs.slice(1) })).toBe(false);
    expect(isAccepted({ ...rest, inputs: rest.inputs.slice(1), outputs })).toBe(false);
  });

  test("changes what one ballot says", () => {
    const altered = forged([1, 0, 2], (outputs) => {
      const [{ A, B } = { A: base, B: base }] = outputs;
      outputs[0] = encryptedBallot({ A, B: add(B, base) });
    });
    expect(isAccepted(altered)).toBe(false);
  });

  test("adds to one ballot what is taken from another", () => {
    const altered = forged([1, 0], (outputs) => {
      outputs.splice(
        0,
        2,
        ...outputs.map(({ A, B }, place) => encryptedBallot({ A, B: (place === 0 ? add : subtract)(B, base) })),
      );
    });
    expect(isAccepted(altered)).toBe(false);
  });

  test("puts outputs in another order after the proof", () => {
    expect(isAccepted({ ...good, outputs: good.outputs.toReversed() })).toBe(false);
  });
});

describe("a proof is of nothing else", () => {
  const others: Readonly<Record<string, Partial<MixContext>>> = {
    ceremony: { ceremony: new Uint8Array(32) },
    election: { electionId: "E2" },
    region: { regionId: "2" },
    batch: { batch: 1 },
    "number of the mix": { mix: 1 },
    mixer: { mixer: "University" },
    "public key": { publicKey: encodePoint(multiply(base, 5n)) },
  };
  test.each(Object.entries(others))("another %s", (_, other) => {
    expect(isAccepted({ ...good, context: { ...context, ...other } })).toBe(false);
  });

  test("another mix of the same inputs, the same outputs of other inputs", () => {
    const again = mix(context, good.inputs, random);
    expect(isAccepted({ ...good, ...again })).toBe(true);
    expect(isAccepted({ ...good, proof: again.proof })).toBe(false);
    expect(isAccepted({ ...good, inputs: encryptedFor(publicKey, someSelections(SIZE)) })).toBe(false);
  });
});

const FIELDS = shuffleProofBytes(SIZE) / 32;
const isScalarField = (field: number): boolean => (field < 5 * SIZE ? field % 5 >= 3 : field - 5 * SIZE >= 5);
function withField(proof: Uint8Array, field: number, bytes: Uint8Array): Uint8Array {
  const changed = proof.slice();
  changed.set(bytes, 32 * field);
  return changed;
}

describe("a changed proof is refused:", () => {
  test("every response by one, either way", () => {
    for (let field = 0; field < FIELDS; field++) {
      if (!isScalarField(field)) continue;
      const response = decodeScalar(good.proof.subarray(32 * field, 32 * field + 32)) ?? 0n;
      for (const step of [1n, ORDER - 1n]) {
        const changed = withField(good.proof, field, encodeScalar(scalars.add(response, step)));
        expect(isMixed(good, changed, random), `field ${field}`).toBe(false);
      }
      expect(isMixed(good, withField(good.proof, field, encodeScalar(0n)), random), `field ${field}`).toBe(false);
    }
  });

  test("every point for another", () => {
    const stranger = encodePoint(pointOfUniform(random(64)));
    for (let field = 0; field < FIELDS; field++) {
      if (isScalarField(field)) continue;
      expect(isMixed(good, withField(good.proof, field, stranger), random), `field ${field}`).toBe(false);
    }
  });

  test("every field for what is no encoding: odd, negative, too large, the order; and neutral points", () => {
    const order = Uint8Array.from({ length: 32 }, (_, place) => Number((ORDER >> BigInt(8 * place)) & 0xffn));
    for (let field = 0; field < FIELDS; field++) {
      const refused = isScalarField(field)
        ? [order, new Uint8Array(32).fill(255)]
        : [new Uint8Array(32), new Uint8Array(32).fill(255), new Uint8Array(32).fill(1)];
      for (const bytes of refused) {
        expect(mixEquations(good, withField(good.proof, field, bytes)), `field ${field}`).toBeUndefined();
      }
    }
  });

  test("any one bit", () => {
    fc.assert(
      fc.property(fc.nat(shuffleProofBytes(SIZE) * 8 - 1), (bit) => {
        const changed = good.proof.slice();
        changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        expect(isMixed(good, changed, random)).toBe(false);
      }),
      { numRuns: 60 },
    );
  });

  test("a byte less or more, none, and the proof of another size", () => {
    const { proof } = good;
    for (const changed of [proof.slice(1), proof.slice(0, -1), new Uint8Array([...proof, 0]), new Uint8Array()]) {
      expect(isAccepted({ ...good, proof: changed })).toBe(false);
    }
    expect(isAccepted({ ...good, proof: mixed(SIZE - 1).proof })).toBe(false);
  });

  test("any changed bit of an output", () => {
    const bytes = bytesOf(good.outputs);
    fc.assert(
      fc.property(fc.nat(bytes.length * 8 - 1), (bit) => {
        const changed = bytes.slice();
        changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        const outputs = readBatch(changed);
        if (outputs !== undefined) expect(isMixed({ ...good, outputs }, good.proof, random)).toBe(false);
      }),
      { numRuns: 60 },
    );
  });
});

describe("nothing is verified of", () => {
  test("no ballots, more than a batch holds, or a public key that is none", () => {
    expect(mixEquations({ context, inputs: [], outputs: [] }, new Uint8Array(288))).toBeUndefined();
    const [ballot] = good.inputs;
    const many = ballot ? Array<EncryptedBallot>(16_385).fill(ballot) : [];
    expect(
      mixEquations({ context, inputs: many, outputs: many }, new Uint8Array(shuffleProofBytes(16_385))),
    ).toBeUndefined();
    for (const bad of [new Uint8Array(32), new Uint8Array(32).fill(255), new Uint8Array(31)]) {
      expect(mixEquations({ ...good, context: { ...context, publicKey: bad } }, good.proof)).toBeUndefined();
    }
  });
});

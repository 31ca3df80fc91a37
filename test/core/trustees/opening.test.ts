import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { encoded } from "#core/trustees/encoded-point.ts";
import type { EncryptedBallot } from "#core/trustees/encrypted-batch.ts";
import { proveEqualLogarithms } from "#core/trustees/equal-logarithms.ts";
import { holds } from "#core/trustees/equations.ts";
import {
  add,
  base,
  decodePointOrNeutral,
  decodeScalar,
  encodePoint,
  encodeScalar,
  multiply,
  ORDER,
  type Point,
  pointOfUniform,
  type Scalar,
  scalars,
  subtract,
} from "#core/trustees/group.ts";
import { checkOpenings, type HandedIn, openBatch, openingEquations } from "#core/trustees/opening.ts";
import { type OpeningContext, openingBytes, openingHashes, writeOpening } from "#core/trustees/opening-proof.ts";
import { batchContext, encryptedFor, someSelections } from "#test/core/trustees/batch-of.ts";
import { random } from "#test/core/trustees/contexts.ts";
import { sharedKey, type Trustee } from "#test/core/trustees/shared-key.ts";

const { publicKey, trustees } = sharedKey(5, 3);
const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");

const contextOf = ({ trustee, name, verifyingKey }: Trustee): OpeningContext => ({
  ...batchContext(publicKey),
  trustee,
  name,
  verifyingKey,
});
const handIn = (trustee: Trustee, ballots: readonly EncryptedBallot[]): HandedIn => {
  const context = contextOf(trustee);
  return { context, bytes: openBatch(context, ballots, trustee.share, random) };
};

/** Whether an opening is good: by one sum and by its equations, which must agree. */
function isGood(ballots: readonly EncryptedBallot[], opening: HandedIn): boolean {
  const joined = checkOpenings(ballots, [opening], random)[0] !== undefined;
  expect(openingEquations(ballots, opening)?.every(holds) ?? false).toBe(joined);
  return joined;
}

const SIZE = 6;
const ballots = encryptedFor(publicKey, someSelections(SIZE));
const [first, second] = trustees as [Trustee, Trustee];
const good = handIn(first, ballots);
const field = (bytes: Uint8Array, place: number): Uint8Array => bytes.subarray(32 * place, 32 * place + 32);
function withField(place: number, bytes: Uint8Array): HandedIn {
  const changed = good.bytes.slice();
  changed.set(bytes, 32 * place);
  return { ...good, bytes: changed };
}

describe("an opening", () => {
  test.each([1, 2, 3, 7])("of %d ballots verifies, and is each A by the share", (count) => {
    const some = ballots.slice(0, 1).concat(encryptedFor(publicKey, someSelections(count - 1)));
    const opening = handIn(first, some);
    expect(opening.bytes).toHaveLength(32 * count + 96);
    expect(isGood(some, opening)).toBe(true);
    for (const [place, { A }] of some.entries()) {
      expect(hexOf(field(opening.bytes, place))).toBe(hexOf(encodePoint(multiply(A, first.share))));
    }
    expect(checkOpenings(some, [opening], random)[0]?.trustee).toBe(1);
  });

  test("is the same by products of another library", () => {
    const asked: string[] = [];
    const bytes = openBatch(good.context, ballots, first.share, random, ({ bytes: own }) => {
      asked.push(hexOf(own));
      const A: Point = decodePointOrNeutral(own.slice(0, 32)) ?? pointOfUniform(random(64));
      return encodePoint(multiply(A, first.share));
    });
    expect(asked).toEqual(ballots.map((ballot) => hexOf(ballot.bytes)));
    expect(hexOf(bytes.slice(0, 32 * SIZE))).toBe(hexOf(good.bytes.slice(0, 32 * SIZE)));
    expect(isGood(ballots, { ...good, bytes })).toBe(true);
  });

  test("is not made with another's share, of no ballots or too many, or of products that are none", () => {
    const opening = (
      context: OpeningContext,
      some: readonly EncryptedBallot[],
      { share }: Trustee,
      product?: Uint8Array,
    ) => {
      return () => openBatch(context, some, share, random, product && (() => product));
    };
    const { context } = good;
    expect(opening(context, ballots, second)).toThrow("not the one of the trustee's verifying key");
    for (const verifyingKey of [new Uint8Array(32), new Uint8Array(32).fill(255)]) {
      expect(opening({ ...context, verifyingKey }, ballots, { ...first, share: 0n })).toThrow("verifying key");
    }
    expect(opening(context, [], first)).toThrow("a batch of 0 ballots");
    const many = Array<EncryptedBallot>(16_385).fill(ballots[0] as EncryptedBallot);
    expect(opening(context, many, first)).toThrow("a batch of 16385 ballots");
    for (const bad of [new Uint8Array(32), new Uint8Array(32).fill(255), new Uint8Array()]) {
      expect(opening(context, ballots, first, bad)).toThrow("a product is no element of the group");
    }
  });
});

describe("a bad opening is left out:", () => {
  test("one wrong product among many", () => {
    fc.assert(
      fc.property(fc.nat(SIZE - 1), (place) => {
        expect(isGood(ballots, withField(place, encodePoint(pointOfUniform(random(64)))))).toBe(false);
      }),
      { numRuns: SIZE },
    );
  });

  test("two products exchanged, or changed so that their sum is the same", () => {
    const exchanged = good.bytes.slice();
    exchanged.set(field(good.bytes, 0), 32);
    exchanged.set(field(good.bytes, 1), 0);
    expect(isGood(ballots, { ...good, bytes: exchanged })).toBe(false);

    const [first, second] = [0, 1].map((place) => decodePointOrNeutral(field(good.bytes, place)) as Point) as [
      Point,
      Point,
    ];
    const moved = good.bytes.slice();
    moved.set(encodePoint(add(first, base)), 0);
    moved.set(encodePoint(subtract(second, base)), 32);
    expect(isGood(ballots, { ...good, bytes: moved })).toBe(false);
  });

  test("s by one either way, t_2 and t_3 for another point", () => {
    const s = decodeScalar(field(good.bytes, SIZE + 2)) ?? 0n;
    for (const step of [1n, ORDER - 1n]) {
      expect(isGood(ballots, withField(SIZE + 2, encodeScalar(scalars.add(s, step))))).toBe(false);
    }
    for (const place of [SIZE, SIZE + 1]) {
      expect(isGood(ballots, withField(place, encodePoint(pointOfUniform(random(64)))))).toBe(false);
    }
  });

  test("another trustee's opening under one's own name, or with one's own key", () => {
    const theirs = handIn(second, ballots);
    expect(isGood(ballots, theirs)).toBe(true);
    expect(isGood(ballots, { ...theirs, context: good.context })).toBe(false);
    expect(isGood(ballots, { ...theirs, context: { ...theirs.context, verifyingKey: first.verifyingKey } })).toBe(
      false,
    );
  });

  /** A trustee who follows the protocol with products that are not the share's, or with a share that is not the key's. */
  function forged(secret: Scalar, productOf: (A: Point, place: number) => Point): HandedIn {
    const products = ballots.map(({ A }, place) => encoded(productOf(A, place)));
    const hashes = openingHashes(good.context, ballots, products);
    const points = ballots.map(({ A }) => A);
    const proof = proveEqualLogarithms(points, hashes, secret, random);
    return { context: good.context, bytes: writeOpening({ products, proof }) };
  }

  test("the products of another share, proved by that share", () => {
    expect(
      isGood(
        ballots,
        forged(second.share, (A) => multiply(A, second.share)),
      ),
    ).toBe(false);
    expect(
      isGood(
        ballots,
        forged(first.share, (A) => multiply(A, first.share)),
      ),
    ).toBe(true);
  });

  test("one or all products of another share, proved by the own", () => {
    const one = (A: Point, place: number): Point => multiply(A, place === 4 ? second.share : first.share);
    expect(isGood(ballots, forged(first.share, one))).toBe(false);
    expect(
      isGood(
        ballots,
        forged(first.share, (A) => multiply(A, second.share)),
      ),
    ).toBe(false);
  });

  const others: Readonly<Record<string, Partial<OpeningContext>>> = {
    ceremony: { ceremony: new Uint8Array(32) },
    election: { electionId: "E2" },
    region: { regionId: "2" },
    batch: { batch: 1 },
    "public key": { publicKey: second.verifyingKey },
    number: { trustee: 2 },
    name: { name: "Trustee 2" },
  };
  test.each(Object.entries(others))("one for another %s", (_, other) => {
    expect(isGood(ballots, { ...good, context: { ...good.context, ...other } })).toBe(false);
  });

  test("one of other ballots, of their other order, of one with another B, and of fewer", () => {
    expect(isGood(encryptedFor(publicKey, someSelections(SIZE)), good)).toBe(false);
    expect(isGood(ballots.toReversed(), good)).toBe(false);
    const otherB = encryptedFor(publicKey, someSelections(SIZE)).map(({ B, bytes }, place) => {
      const own = ballots[place] as EncryptedBallot;
      return { A: own.A, B, bytes: new Uint8Array([...own.bytes.subarray(0, 32), ...bytes.subarray(32)]) };
    });
    expect(isGood(otherB, good)).toBe(false);
    expect(isGood(ballots.slice(1), good)).toBe(false);
  });

  test("bytes that are none: neutral or no points, a response that is no scalar, other lengths, another key than an element", () => {
    const order = Uint8Array.from({ length: 32 }, (_, place) => Number((ORDER >> BigInt(8 * place)) & 0xffn));
    for (let place = 0; place < SIZE + 3; place++) {
      const refused = place === SIZE + 2 ? [order] : [new Uint8Array(32), new Uint8Array(32).fill(1)];
      for (const bytes of [...refused, new Uint8Array(32).fill(255)]) {
        expect(openingEquations(ballots, withField(place, bytes)), `field ${place}`).toBeUndefined();
      }
    }
    for (const bytes of [good.bytes.slice(1), good.bytes.slice(0, -1), new Uint8Array([...good.bytes, 0])]) {
      expect(openingEquations(ballots, { ...good, bytes })).toBeUndefined();
    }
    for (const verifyingKey of [new Uint8Array(32), new Uint8Array(31), new Uint8Array(32).fill(255)]) {
      expect(openingEquations(ballots, { ...good, context: { ...good.context, verifyingKey } })).toBeUndefined();
    }
    expect(openingEquations([], { ...good, bytes: new Uint8Array(openingBytes(0)) })).toBeUndefined();
  });

  test("and named among good ones, which stay", () => {
    const all = trustees.map((trustee) => handIn(trustee, ballots));
    expect(checkOpenings(ballots, all, random).map((opened) => opened?.trustee)).toEqual([1, 2, 3, 4, 5]);
    const some = all.map((one, place) => {
      if (place === 1) return { ...one, bytes: good.bytes };
      return place === 3 ? { ...one, bytes: new Uint8Array(7) } : one;
    });
    expect(checkOpenings(ballots, some, random).map((opened) => opened?.trustee)).toEqual([
      1,
      undefined,
      3,
      undefined,
      5,
    ]);
  });
});

test("one wrong product among 4,096 is found", () => {
  const many = encryptedFor(publicKey, someSelections(1)).flatMap((ballot) =>
    Array<EncryptedBallot>(4096).fill(ballot),
  );
  const [ballot] = many as [EncryptedBallot];
  const product = encodePoint(multiply(ballot.A, first.share));
  const { context } = good;
  const bytes = openBatch(context, many, first.share, random, () => product);
  expect(checkOpenings(many, [{ context, bytes }], random)[0]).toBeDefined();
  const changed = bytes.slice();
  changed.set(encodePoint(multiply(ballot.A, second.share)), 32 * 3000);
  expect(checkOpenings(many, [{ context, bytes: changed }], random)[0]).toBeUndefined();
});

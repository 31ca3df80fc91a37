import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type BallotContext,
  BODY_BYTES,
  type CastBody,
  checkBallot,
  checkBallots,
  contextParts,
  makeBallot,
  SEED_BYTES,
} from "#core/trustees/ballot.ts";
import {
  add,
  base,
  decodePoint,
  encodePoint,
  encodeScalar,
  equalPoints,
  multiply,
  neutral,
  ORDER,
  type Point,
  randomScalar,
  scalars,
  subtract,
} from "#core/trustees/group.ts";
import { shortChallenge } from "#core/trustees/transcript.ts";
import { contextFor, newVoterKey, random, wholeKey } from "#test/core/trustees/contexts.ts";

const { secret, publicKey } = wholeKey();
const context = contextFor(publicKey);
const newElement = (): Point => multiply(base, randomScalar(random));
const newBody = (of: BallotContext = context): Uint8Array => makeBallot(of, newElement(), random(SEED_BYTES));
const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");

const PARTS = ["A", "B", "T", "z"] as const;
function withPart(body: Uint8Array, part: (typeof PARTS)[number], bytes: Uint8Array): Uint8Array {
  const changed = body.slice();
  changed.set(bytes, PARTS.indexOf(part) * 32);
  return changed;
}
const partOf = (body: Uint8Array, part: (typeof PARTS)[number]): Uint8Array =>
  body.subarray(PARTS.indexOf(part) * 32, PARTS.indexOf(part) * 32 + 32);
const pointOf = (body: Uint8Array, part: "A" | "B" | "T"): Point => decodePoint(partOf(body, part)) ?? neutral;

function littleEndian(number: bigint): Uint8Array {
  return Uint8Array.from({ length: 32 }, (_, place) => Number((number >> BigInt(8 * place)) & 0xffn));
}
const scalarOf = (bytes: Uint8Array): bigint => BigInt(`0x${hexOf(bytes.toReversed())}`);

describe("a ballot", () => {
  test("is opened by the trustees' key: M = B - y·A", () => {
    const M = newElement();
    const encrypted = checkBallot(context, makeBallot(context, M, random(SEED_BYTES)));
    const opened = encrypted && subtract(encrypted.B, multiply(encrypted.A, secret));
    expect(opened && equalPoints(opened, M)).toBe(true);
  });

  test("is 128 bytes, made again from its seed, and another from another seed, selection or context", () => {
    const [M, seed] = [newElement(), random(SEED_BYTES)];
    const body = makeBallot(context, M, seed);
    expect(body).toHaveLength(BODY_BYTES);
    expect(makeBallot(context, M, seed)).toEqual(body);
    const others = [
      makeBallot(context, M, random(SEED_BYTES)),
      makeBallot(context, newElement(), seed),
      makeBallot({ ...context, voterKey: newVoterKey() }, M, seed),
    ];
    for (const other of others) {
      for (const part of PARTS) expect(hexOf(partOf(other, part))).not.toBe(hexOf(partOf(body, part)));
    }
  });

  test("proves by the equation of its docstring", () => {
    const body = newBody();
    const c = shortChallenge(
      "scrutin/v2/ballot",
      ...contextParts(context),
      ...(["A", "B", "T"] as const).map((part) => partOf(body, part)),
    );
    expect(c).toBeLessThan(2n ** 128n);
    const right = add(pointOf(body, "T"), multiply(pointOf(body, "A"), c));
    expect(equalPoints(multiply(base, scalarOf(partOf(body, "z"))), right)).toBe(true);
  });

  test("is not made with a seed of another length, or for a key that is none", () => {
    for (const length of [0, SEED_BYTES - 1, SEED_BYTES + 1]) {
      expect(() => makeBallot(context, base, new Uint8Array(length))).toThrow(RangeError);
    }
    for (const key of [encodePoint(neutral), new Uint8Array(32).fill(255), publicKey.subarray(1)]) {
      expect(() => makeBallot({ ...context, publicKey: key }, base, random(SEED_BYTES))).toThrow(RangeError);
    }
  });
});

describe("a ballot is refused", () => {
  const body = newBody();

  test.each<[string, Partial<BallotContext>]>([
    ["under another voter key", { voterKey: newVoterKey() }],
    ["in another region", { regionId: "2" }],
    ["in another election", { electionId: "E2" }],
    ["for another question", { ballotDigest: new Uint8Array(32).fill(8) }],
    ["under another key of the trustees", { publicKey: wholeKey().publicKey }],
    ["where a letter of the election went to the region", { electionId: "E", regionId: "11" }],
  ])("%s", (_, changed) => {
    expect(checkBallot(context, body)).toBeDefined();
    expect(checkBallot({ ...context, ...changed }, body)).toBeUndefined();
  });

  test("encrypted anew, with its proof as it was or moved along", () => {
    const s = randomScalar(random);
    const Y = decodePoint(publicKey) ?? neutral;
    const anew = withPart(
      withPart(body, "A", encodePoint(add(pointOf(body, "A"), multiply(base, s)))),
      "B",
      encodePoint(add(pointOf(body, "B"), multiply(Y, s))),
    );
    expect(checkBallot(context, anew)).toBeUndefined();
    const c = shortChallenge(
      "scrutin/v2/ballot",
      ...contextParts(context),
      partOf(body, "A"),
      partOf(body, "B"),
      partOf(body, "T"),
    );
    const moved = scalars.add(scalarOf(partOf(body, "z")), scalars.multiply(c, s));
    expect(checkBallot(context, withPart(anew, "z", encodeScalar(moved)))).toBeUndefined();
  });

  test("with another selection in it: B moved by any element", () => {
    expect(checkBallot(context, withPart(body, "B", encodePoint(add(pointOf(body, "B"), base))))).toBeUndefined();
  });

  test("whose response is changed by one, or is another's", () => {
    const z = scalarOf(partOf(body, "z"));
    for (const other of [scalars.add(z, 1n), scalars.subtract(z, 1n), scalars.negate(z), 0n]) {
      expect(checkBallot(context, withPart(body, "z", encodeScalar(other)))).toBeUndefined();
    }
    expect(checkBallot(context, withPart(body, "z", partOf(newBody(), "z")))).toBeUndefined();
  });

  test("whose response is the same modulo the order, but not below it", () => {
    const z = scalarOf(partOf(body, "z"));
    expect(checkBallot(context, withPart(body, "z", littleEndian(z)))).toBeDefined();
    expect(checkBallot(context, withPart(body, "z", littleEndian(z + ORDER)))).toBeUndefined();
    for (const number of [ORDER, ORDER + 1n, 2n ** 256n - 1n]) {
      expect(checkBallot(context, withPart(body, "z", littleEndian(number)))).toBeUndefined();
    }
  });

  test("with a part that is neutral or no element", () => {
    const hostile = [0n, 1n, ORDER - 1n, ORDER, 2n ** 255n - 19n, 2n ** 256n - 1n].map(littleEndian);
    for (const part of ["A", "B", "T"] as const) {
      for (const bytes of hostile) expect(checkBallot(context, withPart(body, part, bytes))).toBeUndefined();
    }
  });

  test("that says nothing and proves it: A neutral, with r = 0 known to all", () => {
    const zero = encodePoint(neutral);
    const [B, T] = [encodePoint(base), encodePoint(multiply(base, 5n))];
    const z = encodeScalar(5n);
    const silent = [zero, B, T, z].reduce<Uint8Array>(
      (made, bytes, at) => withPart(made, PARTS[at] ?? "A", bytes),
      new Uint8Array(BODY_BYTES),
    );
    expect(checkBallot(context, silent)).toBeUndefined();
  });

  test.each([0, 1, BODY_BYTES - 1, BODY_BYTES + 1, 2 * BODY_BYTES])("of %d bytes", (length) => {
    const other = new Uint8Array(length);
    other.set(body.subarray(0, length));
    expect(checkBallot(context, other)).toBeUndefined();
  });

  test("after any one of its bits is changed", () => {
    fc.assert(
      fc.property(fc.nat({ max: BODY_BYTES * 8 - 1 }), (bit) => {
        const changed = body.slice();
        changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        expect(checkBallot(context, changed)).toBeUndefined();
      }),
      { numRuns: 100 },
    );
  });
});

describe("a batch of ballots", () => {
  const SPOILERS: readonly ((cast: CastBody) => CastBody)[] = [
    (cast) => cast,
    (cast) => cast,
    (cast) => cast,
    ({ context: of, body }) => ({
      context: of,
      body: withPart(body, "z", encodeScalar(scalars.add(scalarOf(partOf(body, "z")), 1n))),
    }),
    ({ context: of, body }) => ({
      context: of,
      body: withPart(body, "z", encodeScalar(scalars.subtract(scalarOf(partOf(body, "z")), 1n))),
    }),
    ({ context: of, body }) => ({ context: { ...of, voterKey: newVoterKey() }, body }),
    ({ context: of, body }) => ({ context: of, body: body.subarray(1) }),
    ({ context: of, body }) => ({ context: of, body: withPart(body, "A", encodePoint(neutral)) }),
  ];

  test("is judged as each alone is, in its order", () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: SPOILERS.length - 1 }), { maxLength: 12 }), (kinds) => {
        const cast = kinds.map((kind): CastBody => {
          const of = contextFor(publicKey);
          return SPOILERS[kind]?.({ context: of, body: newBody(of) }) ?? { context: of, body: new Uint8Array() };
        });
        const together = checkBallots(cast, random);
        const alone = cast.map(({ context: of, body }) => checkBallot(of, body));
        expect(together.map((one) => one && [encodePoint(one.A), encodePoint(one.B)].map(hexOf))).toEqual(
          alone.map((one) => one && [encodePoint(one.A), encodePoint(one.B)].map(hexOf)),
        );
        expect(together.map((one) => one !== undefined)).toEqual(kinds.map((kind) => kind < 3));
      }),
      { numRuns: 8 },
    );
  });

  test("does not pass two errors that cancel each other", () => {
    const [one, other] = [contextFor(publicKey), contextFor(publicKey)];
    const plus = SPOILERS[3]?.({ context: one, body: newBody(one) });
    const minus = SPOILERS[4]?.({ context: other, body: newBody(other) });
    if (plus === undefined || minus === undefined) throw new Error("no spoilers");
    expect(checkBallots([plus, minus], random)).toEqual([undefined, undefined]);
  });

  test("weighs each of them with 128 bits of the verifier's own", () => {
    const asked: number[] = [];
    const cast = Array.from({ length: 3 }, (): CastBody => {
      const of = contextFor(publicKey);
      return { context: of, body: newBody(of) };
    });
    const checked = checkBallots(cast, (length) => {
      asked.push(length);
      return random(length);
    });
    expect([checked.every((one) => one !== undefined), asked]).toEqual([true, [16, 16, 16]]);
  });

  test("of none is none", () => {
    expect(checkBallots([], random)).toEqual([]);
  });
});

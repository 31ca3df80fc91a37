import { createHash, randomBytes } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  add,
  base,
  decodePoint,
  decodePointOrNeutral,
  decodeScalar,
  encodePoint,
  encodeScalar,
  equalPoints,
  equalSecrets,
  isNeutral,
  multiply,
  multiplyPublic,
  neutral,
  ORDER,
  POINT_BYTES,
  type Point,
  pointOfUniform,
  prepared,
  randomScalar,
  randomWeight,
  SCALAR_BYTES,
  type Scalar,
  scalarOfUniform,
  scalars,
  shortScalar,
  subtract,
  sumOfProducts,
  WIDE_BYTES,
} from "#core/trustees/group.ts";
import { BAD_ENCODINGS, DERIVED_ELEMENTS, MULTIPLES_OF_BASE } from "#test/core/trustees/rfc9496.ts";

const bytesOf = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex, "hex"));
const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");

const scalar = fc.bigInt({ min: 0n, max: ORDER - 1n });
const someScalar = fc.oneof({ weight: 4, arbitrary: scalar }, fc.constantFrom(0n, 1n, ORDER - 1n));
const point = scalar.map((s) => multiply(base, s));

/** The least first; of numbers that are no scalar, too. */
function littleEndian(number: bigint, length = SCALAR_BYTES): Uint8Array {
  return Uint8Array.from({ length }, (_, place) => Number((number >> BigInt(8 * place)) & 0xffn));
}

describe("the vectors of RFC 9496", () => {
  test("A.1: multiples of the base, added up, multiplied, and decoded", () => {
    let sum = neutral;
    for (const [times, hex] of MULTIPLES_OF_BASE.entries()) {
      expect(hexOf(encodePoint(sum))).toBe(hex);
      expect(hexOf(encodePoint(multiply(base, BigInt(times))))).toBe(hex);
      const decoded = decodePointOrNeutral(bytesOf(hex));
      expect(decoded && hexOf(encodePoint(decoded))).toBe(hex);
      expect(decoded && equalPoints(decoded, sum)).toBe(true);
      sum = add(sum, base);
    }
  });

  describe.each(Object.entries(BAD_ENCODINGS))("A.2: %s is no element", (_, encodings) => {
    test.each(encodings)("%s", (hex) => {
      expect(decodePointOrNeutral(bytesOf(hex))).toBeUndefined();
      expect(decodePoint(bytesOf(hex))).toBeUndefined();
    });
  });

  test.each(DERIVED_ELEMENTS)("A.3: uniform bytes %s", (uniform, element) => {
    expect(hexOf(encodePoint(pointOfUniform(bytesOf(uniform))))).toBe(element);
  });

  test("A.3: the labels whose SHA-512 the first of them are", () => {
    const label = "Ristretto is traditionally a short shot of espresso coffee";
    expect(createHash("sha512").update(label).digest("hex")).toBe(DERIVED_ELEMENTS[0]?.[0]);
  });

  test("section 4: the order", () => {
    expect(ORDER).toBe(2n ** 252n + 27742317777372353535851937790883648493n);
    expect(isNeutral(add(multiply(base, ORDER - 1n), base))).toBe(true);
  });
});

describe("a point", () => {
  test("comes back from its 32 bytes", () => {
    fc.assert(
      fc.property(point, (some) => {
        const encoded = encodePoint(some);
        expect(encoded).toHaveLength(POINT_BYTES);
        expect(equalPoints(decodePointOrNeutral(encoded) ?? base, some)).toBe(true);
      }),
    );
  });

  test("is not the neutral one, unless it may be", () => {
    const zeros = new Uint8Array(POINT_BYTES);
    expect(hexOf(encodePoint(neutral))).toBe(hexOf(zeros));
    expect(decodePoint(zeros)).toBeUndefined();
    expect(isNeutral(decodePointOrNeutral(zeros) ?? base)).toBe(true);
    expect(decodePoint(encodePoint(base))).toBeDefined();
  });

  test.each([0, 1, POINT_BYTES - 1, POINT_BYTES + 1, 2 * POINT_BYTES])("is not read from %d bytes", (length) => {
    const bytes = new Uint8Array(length);
    bytes.set(encodePoint(base).subarray(0, length));
    expect(decodePointOrNeutral(bytes)).toBeUndefined();
    expect(decodePoint(bytes)).toBeUndefined();
  });

  test("has one encoding: of random bytes, those that are read are written the same", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: POINT_BYTES, maxLength: POINT_BYTES }), (bytes) => {
        const decoded = decodePointOrNeutral(bytes);
        if (decoded !== undefined) expect(hexOf(encodePoint(decoded))).toBe(hexOf(bytes));
      }),
      { numRuns: 300 },
    );
  });
});

describe("the group", () => {
  test("adds and subtracts as its scalars do", () => {
    fc.assert(
      fc.property(someScalar, someScalar, (a, b) => {
        const [A, B] = [multiply(base, a), multiply(base, b)];
        expect(equalPoints(add(A, B), multiply(base, scalars.add(a, b)))).toBe(true);
        expect(equalPoints(subtract(A, B), multiply(base, scalars.subtract(a, b)))).toBe(true);
        expect(equalPoints(multiply(A, b), multiply(base, scalars.multiply(a, b)))).toBe(true);
        expect(isNeutral(add(A, multiply(base, scalars.negate(a))))).toBe(true);
      }),
      { numRuns: 30 },
    );
  });

  test("multiplies by 0, 1 and order - 1, and by nothing that is no scalar", () => {
    const some = multiply(base, 7n);
    expect(isNeutral(multiply(some, 0n))).toBe(true);
    expect(equalPoints(multiply(some, 1n), some)).toBe(true);
    expect(isNeutral(add(multiply(some, ORDER - 1n), some))).toBe(true);
    expect(isNeutral(multiply(neutral, 5n))).toBe(true);
    for (const times of [0n, 1n, 2n, ORDER - 1n]) {
      expect(equalPoints(multiplyPublic(some, times), multiply(some, times))).toBe(true);
    }
    for (const outside of [-1n, ORDER, ORDER + 1n]) expect(() => multiply(some, outside)).toThrow(RangeError);
  });

  test.each([0, 1, 2, 17])("sums %d products at once as one by one", (length) => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.oneof(point, fc.constant(neutral)), someScalar), { minLength: length, maxLength: length }),
        (products) => {
          const oneByOne = products.reduce<Point>((sum, [some, times]) => add(sum, multiply(some, times)), neutral);
          const atOnce = sumOfProducts(
            products.map(([some]) => some),
            products.map(([, times]) => times),
          );
          expect(equalPoints(atOnce, oneByOne)).toBe(true);
        },
      ),
      { numRuns: 5 },
    );
  });

  test.each([199, 200, 201, 300])("sums %d products at once as their logarithms add up", (length) => {
    const logarithms = Array.from({ length }, (_, place) => BigInt(place));
    const points = logarithms.reduce<Point[]>(
      (made) => [...made, add(made.at(-1) ?? subtract(neutral, base), base)],
      [],
    );
    const factors = logarithms.map((logarithm) => (logarithm * 7n ** 80n + 11n) % ORDER);
    const sum = logarithms.reduce((so, logarithm, place) => (so + logarithm * (factors[place] ?? 0n)) % ORDER, 0n);
    expect(equalPoints(sumOfProducts(points, factors), multiply(base, sum))).toBe(true);
  });

  test("sums no products of which a half is missing, or outside", () => {
    expect(() => sumOfProducts([base], [])).toThrow();
    expect(() => sumOfProducts([], [1n])).toThrow();
    expect(() => sumOfProducts([base], [ORDER])).toThrow();
  });

  test.each([WIDE_BYTES - 1, WIDE_BYTES + 1])("maps no %d bytes", (length) => {
    expect(() => pointOfUniform(new Uint8Array(length))).toThrow();
    expect(() => scalarOfUniform(new Uint8Array(length))).toThrow(RangeError);
  });
});

describe("a scalar", () => {
  test("comes back from its 32 bytes, the least first", () => {
    fc.assert(
      fc.property(someScalar, (some) => {
        expect(hexOf(encodeScalar(some))).toBe(hexOf(littleEndian(some)));
        expect(decodeScalar(encodeScalar(some))).toBe(some);
      }),
    );
  });

  test("is below the order", () => {
    expect(decodeScalar(littleEndian(ORDER - 1n))).toBe(ORDER - 1n);
    for (const outside of [ORDER, ORDER + 1n, 2n ** 255n, 2n ** 256n - 1n]) {
      expect(decodeScalar(littleEndian(outside))).toBeUndefined();
    }
    for (const outside of [-1n, ORDER]) expect(() => encodeScalar(outside)).toThrow(RangeError);
  });

  test.each([0, SCALAR_BYTES - 1, SCALAR_BYTES + 1])("is not read from %d bytes", (length) => {
    expect(decodeScalar(new Uint8Array(length))).toBeUndefined();
  });

  test("of 64 bytes is what they are modulo the order", () => {
    const anySixtyFour = fc.uint8Array({ minLength: WIDE_BYTES, maxLength: WIDE_BYTES });
    fc.assert(
      fc.property(anySixtyFour, (bytes) => {
        const number = BigInt(`0x${hexOf(bytes.toReversed())}`);
        expect(scalarOfUniform(bytes)).toBe(number % ORDER);
      }),
    );
    expect(scalarOfUniform(littleEndian(ORDER, WIDE_BYTES))).toBe(0n);
  });

  test("has an inverse, unless it is 0", () => {
    fc.assert(
      fc.property(scalar, (some) => {
        fc.pre(some !== 0n);
        expect(scalars.multiply(some, scalars.invert(some))).toBe(1n);
      }),
    );
    expect(() => scalars.invert(0n)).toThrow();
  });

  test("at random takes 64 bytes of the generator it is given", () => {
    const asked: number[] = [];
    const drawn: Scalar = randomScalar((length) => {
      asked.push(length);
      return littleEndian(ORDER + 5n, length);
    });
    expect([asked, drawn]).toEqual([[WIDE_BYTES], 5n]);
    const random = (length: number) => new Uint8Array(randomBytes(length));
    expect(randomScalar(random)).not.toBe(randomScalar(random));
  });
});

describe("a short scalar", () => {
  test("is the first 128 bits, the least byte first", () => {
    expect(shortScalar(Uint8Array.from({ length: 64 }, (_, place) => (place < 16 ? 0 : 255)))).toBe(0n);
    expect(shortScalar(littleEndian(2n ** 128n - 2n, 16))).toBe(2n ** 128n - 2n);
    expect(() => shortScalar(new Uint8Array(15))).toThrow(RangeError);
  });

  test("is what a verifier weighs by", () => {
    expect(randomWeight((length) => littleEndian(2n ** 127n + 3n, length))).toBe(2n ** 127n + 3n);
    expect(randomWeight((length) => new Uint8Array(length).fill(255))).toBe(2n ** 128n - 1n);
  });
});

test("secrets are equal when every byte is", () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ minLength: 1, maxLength: 40 }),
      fc.nat(),
      fc.integer({ min: 1, max: 255 }),
      (a, at, by) => {
        const b = a.slice();
        expect(equalSecrets(a, b)).toBe(true);
        b[at % b.length] = (b[at % b.length] ?? 0) ^ by;
        expect(equalSecrets(a, b)).toBe(false);
        expect(equalSecrets(a, a.subarray(1))).toBe(false);
      },
    ),
  );
});

test("a prepared element is the same element, and its products are the same", () => {
  fc.assert(
    fc.property(point, someScalar, (some, s) => {
      expect(equalPoints(prepared(some), some)).toBe(true);
      expect(equalPoints(multiply(prepared(some), s), multiply(some, s))).toBe(true);
    }),
    { numRuns: 5 },
  );
});

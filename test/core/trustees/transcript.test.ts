import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { encodePoint, equalPoints, isNeutral, ORDER } from "#core/trustees/group.ts";
import { challenge, generator, type Part, shortChallenge, transcript, uint32 } from "#core/trustees/transcript.ts";

const DOMAIN = "scrutin/v2/test";

/** What the docstring says, in the simplest words, by Node's own SHA-512. */
function encoded(part: Part): Buffer {
  if (typeof part === "string") return Buffer.from(part, "utf8");
  if (part instanceof Uint8Array) return Buffer.from(part);
  return Buffer.concat(
    part.flatMap((item) => {
      const bytes = encoded(item);
      const length = Buffer.alloc(8);
      length.writeBigUInt64BE(BigInt(bytes.length));
      return [length, bytes];
    }),
  );
}
const byNode = (...parts: readonly Part[]): string => createHash("sha512").update(encoded(parts)).digest("hex");
const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");

const { part } = fc.letrec<{ part: Part }>((tie) => ({
  part: fc.oneof(
    { maxDepth: 3 },
    fc.string({ unit: "grapheme" }),
    fc.uint8Array({ maxLength: 300 }),
    fc.array(tie("part"), { maxLength: 4 }),
  ),
}));

describe("a transcript", () => {
  test("is SHA-512 over the domain and every part, each with its length before it, as Node computes it", () => {
    fc.assert(
      fc.property(fc.array(part, { maxLength: 5 }), (parts) => {
        expect(hexOf(transcript(DOMAIN, ...parts))).toBe(byNode(DOMAIN, ...parts));
      }),
    );
  });

  test("of these parts will be these bytes for ever", () => {
    expect(hexOf(transcript(DOMAIN, "a", Uint8Array.of(1, 2), ["b", uint32(258)]))).toBe(
      createHash("sha512")
        .update(
          Buffer.from(
            "000000000000000f736372757469 6e2f76322f74657374 0000000000000001 61 0000000000000002 0102 0000000000000015 0000000000000001 62 0000000000000004 00000102".replaceAll(
              " ",
              "",
            ),
            "hex",
          ),
        )
        .digest("hex"),
    );
  });

  test("differs when bytes move from one part to the next, a part is empty, a list is opened, or the domain is another", () => {
    const others = [
      transcript(DOMAIN, "ab", "c"),
      transcript(DOMAIN, "a", "bc"),
      transcript(DOMAIN, "abc"),
      transcript(DOMAIN, "abc", ""),
      transcript(DOMAIN, "", "abc"),
      transcript(DOMAIN, ["a", "bc"]),
      transcript(DOMAIN, ["ab", "c"]),
      transcript(DOMAIN, ["ab"], ["c"]),
      transcript(DOMAIN),
      transcript("scrutin/v2/testabc"),
      transcript("scrutin/v2/tes", "t"),
    ].map(hexOf);
    expect(new Set(others).size).toBe(others.length);
  });

  test("takes a list of many points, more than a call takes arguments", () => {
    const points = new Array<Uint8Array>(150_000).fill(new Uint8Array(32).fill(9));
    const one = Buffer.concat([Buffer.from("0000000000000020", "hex"), new Uint8Array(32).fill(9)]);
    const list = Buffer.alloc(150_000 * one.length, one);
    expect(hexOf(transcript(DOMAIN, points))).toBe(byNode(DOMAIN, list));
  });
});

test("a challenge is the transcript modulo the order, the least byte first, and a short one its first 128 bits", () => {
  fc.assert(
    fc.property(fc.array(part, { maxLength: 3 }), (parts) => {
      const number = BigInt(`0x${hexOf(transcript(DOMAIN, ...parts).toReversed())}`);
      expect(challenge(DOMAIN, ...parts)).toBe(number % ORDER);
      expect(shortChallenge(DOMAIN, ...parts)).toBe(number % 2n ** 128n);
    }),
  );
});

test("generators differ by number and by domain, and none is neutral", () => {
  const generators = [0, 1, 2, 3].flatMap((number) => [
    generator("scrutin/v2/test-g", uint32(number)),
    generator("scrutin/v2/test-h", uint32(number)),
  ]);
  expect(new Set(generators.map((one) => hexOf(encodePoint(one)))).size).toBe(generators.length);
  expect(generators.some(isNeutral)).toBe(false);
  const again = generator("scrutin/v2/test-g", uint32(0));
  expect(generators[0] && equalPoints(generators[0], again)).toBe(true);
});

describe("a number", () => {
  test("is four bytes, the greatest first", () => {
    expect([...uint32(0x0102_0304)]).toEqual([1, 2, 3, 4]);
    expect([...uint32(0)]).toEqual([0, 0, 0, 0]);
    expect([...uint32(2 ** 32 - 1)]).toEqual([255, 255, 255, 255]);
  });
  test.each([-1, 2 ** 32, 1.5, Number.NaN])("is not %d", (number) => {
    expect(() => uint32(number)).toThrow(RangeError);
  });
});

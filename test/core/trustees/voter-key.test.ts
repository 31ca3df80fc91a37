import { ed25519 } from "@noble/curves/ed25519.js";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { toBase64Url } from "#core/bytes.ts";
import { cardKey } from "#core/trustees/card-key.ts";
import { isVoterKey } from "#core/trustees/roll/voter-key.ts";
import { CODE_ALPHABET, checkCharacterOf } from "#core/voting-code.ts";
import { nodeCards } from "#storage/card-engine.ts";

const P = ed25519.Point.Fp.ORDER;
const HIGHEST_BIT = 2n ** 255n;

/** 32 bytes, the least first. */
function encoded(y: bigint): string {
  const bytes = Buffer.from(y.toString(16).padStart(64, "0"), "hex").reverse();
  return toBase64Url(bytes);
}

/** The eight points of small order, of a point of order eight. */
function smallOrder(): readonly string[] {
  // One of order eight; the others are its multiples.
  const y = 0x7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7n;
  const point = ed25519.Point.fromHex(Buffer.from(encoded(y), "base64url").toString("hex"));
  const points = [point];
  while (points.length < 8) points.push((points.at(-1) ?? point).add(point));
  return points.map((each) => toBase64Url(each.toBytes()));
}

describe("a voter key", () => {
  test("is what any card's code makes", () => {
    const code = fc
      .array(fc.constantFrom(...CODE_ALPHABET), { minLength: 12, maxLength: 12 })
      .map((characters) => characters.join(""))
      .map((random) => random + checkCharacterOf(random));
    fc.assert(
      fc.property(code, fc.stringMatching(/^[A-Z0-9]{1,9}$/), (typed, number) => {
        expect(isVoterKey(cardKey(nodeCards, { electionId: "E1", number, code: typed }).voterKey)).toBe(true);
      }),
      { numRuns: 25 },
    );
  });

  test("is none of the eight points under which anybody can sign", () => {
    const points = smallOrder();
    expect(new Set(points).size).toBe(8);
    expect(points.filter(isVoterKey)).toEqual([]);
  });

  test.each([
    ["as large as the field", encoded(P + 3n)],
    ["a point once more, past the field", encoded(P + 1n)],
    ["the sign of zero", encoded(1n + HIGHEST_BIT)],
    ["no point", encoded(2n)],
    ["31 bytes", toBase64Url(new Uint8Array(31).fill(3))],
    ["33 bytes", toBase64Url(new Uint8Array(33).fill(3))],
    ["nothing", ""],
    ["another spelling of the same bytes", `${encoded(9n)}=`],
  ])("is not %s", (_, text) => {
    expect(isVoterKey(text)).toBe(false);
  });
});

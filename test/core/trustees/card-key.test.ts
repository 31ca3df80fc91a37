import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { trackingCodeOf } from "#core/tracking-code.ts";
import { makeBallot } from "#core/trustees/ballot.ts";
import {
  ballotTrackingCode,
  type Card,
  type CardEngine,
  cardKey,
  isCast,
  signBallot,
} from "#core/trustees/card-key.ts";
import { base } from "#core/trustees/group.ts";
import { nobleCards } from "#core/trustees/noble-cards.ts";
import { nodeCards } from "#storage/card-engine.ts";
import { isSignedBy } from "#storage/ed25519.ts";
import { contextFor, newVoterKey, random, wholeKey } from "#test/core/trustees/contexts.ts";

const bytesOf = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex, "hex"));
const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
const textBytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** RFC 7914, section 12; its fourth takes 1 GiB. */
const SCRYPT: readonly (readonly [string, string, { N: number; r: number; p: number }, string])[] = [
  [
    "",
    "",
    { N: 16, r: 1, p: 1 },
    "77d6576238657b203b19ca42c18a0497f16b4844e3074ae8dfdffa3fede21442fcd0069ded0948f8326a753a0fc81f17e8d3e0fb2e0d3628cf35e20c38d18906",
  ],
  [
    "password",
    "NaCl",
    { N: 1024, r: 8, p: 16 },
    "fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b3731622eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640",
  ],
  [
    "pleaseletmein",
    "SodiumChloride",
    { N: 16384, r: 8, p: 1 },
    "7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2d5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887",
  ],
];

/** RFC 8032, section 7.1: secret key, public key, message, signature. */
const ED25519: readonly (readonly [string, string, string, string])[] = [
  [
    "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
    "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
    "",
    "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
  ],
  [
    "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
    "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
    "72",
    "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
  ],
  [
    "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
    "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
    "af82",
    "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
  ],
  [
    "833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42",
    "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
    "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
    "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704",
  ],
];

const ENGINES: readonly (readonly [string, CardEngine])[] = [
  ["a browser, by noble", nobleCards],
  ["a command, by Node", nodeCards],
];

describe.each(ENGINES)("the cards' keys in %s", (_, engine) => {
  test.each(SCRYPT)("follow RFC 7914: %s, %s, %o", (password, salt, cost, key) => {
    expect(hexOf(engine.scrypt(textBytes(password), textBytes(salt), { ...cost, length: 64 }))).toBe(key);
  });

  test.each(ED25519)("follow RFC 8032: %s", (seed, publicKey, message, signature) => {
    expect(hexOf(engine.publicKey(bytesOf(seed)))).toBe(publicKey);
    expect(hexOf(engine.sign(bytesOf(seed), bytesOf(message)))).toBe(signature);
    expect(isSignedBy(bytesOf(publicKey), bytesOf(message), bytesOf(signature))).toBe(true);
  });
});

const CARD: Card = { electionId: "E1", number: "123456789", code: "ABCDEFGHJKMNP" };

describe("the key of a card", () => {
  test("is what scrypt and Ed25519 make of code, election and number", () => {
    const key = cardKey(nodeCards, CARD);
    const cost = { N: 4096, r: 8, p: 1, length: 32 };
    const seed = nodeCards.scrypt(textBytes("ABCDEFGHJKMNP"), textBytes("scrutin/v2/card|E1|123456789"), cost);
    expect(key).toEqual({ seed, voterKey: Buffer.from(nodeCards.publicKey(seed)).toString("base64url") });
    expect(key.voterKey).toMatch(/^[\w-]{43}$/);
  });

  test("is the same in a browser and at the command line, and so are its signatures", () => {
    const text = fc.stringMatching(/^[A-Z0-9]{1,13}$/);
    fc.assert(
      fc.property(text, text, text, fc.uint8Array({ maxLength: 200 }), (electionId, number, code, message) => {
        const [here, there] = [nobleCards, nodeCards].map((engine) => cardKey(engine, { electionId, number, code }));
        expect(here).toEqual(there);
        const seed = here?.seed ?? new Uint8Array();
        expect(nobleCards.sign(seed, message)).toEqual(nodeCards.sign(seed, message));
      }),
      { numRuns: 5 },
    );
  });

  test("is another for another code, number or election", () => {
    const keys = [
      CARD,
      { ...CARD, code: "ABCDEFGHJKMNQ" },
      { ...CARD, number: "123456780" },
      { ...CARD, electionId: "E2" },
    ].map((card) => cardKey(nodeCards, card).voterKey);
    expect(new Set(keys).size).toBe(keys.length);
  });
});

describe("a signature on a ballot", () => {
  const key = cardKey(nodeCards, CARD);
  const { publicKey } = wholeKey();
  const context = contextFor(publicKey, { voterKey: key.voterKey });
  const body = makeBallot(context, base, random(32));
  const signature = signBallot(nobleCards, key, context, body);

  test("is of 64 bytes, the same in a browser and at the command line, and good", () => {
    expect(signature).toHaveLength(64);
    expect(signBallot(nodeCards, key, context, body)).toEqual(signature);
    expect(isCast(isSignedBy, context, body, signature)).toBe(true);
  });

  test.each([
    ["another region", { ...context, regionId: "2" }],
    ["another election", { ...context, electionId: "E2" }],
    ["another question", { ...context, ballotDigest: new Uint8Array(32) }],
    ["another key of the trustees", { ...context, publicKey: wholeKey().publicKey }],
    ["another voter", { ...context, voterKey: cardKey(nodeCards, { ...CARD, code: "OTHER" }).voterKey }],
    ["a voter key that is none", { ...context, voterKey: key.voterKey.slice(1) }],
    ["a voter key in another spelling", { ...context, voterKey: `${key.voterKey}=` }],
  ])("is not good for %s", (_, other) => {
    expect(isCast(isSignedBy, other, body, signature)).toBe(false);
  });

  test("is not good for another ballot, changed anywhere, or of another length", () => {
    expect(isCast(isSignedBy, context, makeBallot(context, base, random(32)), signature)).toBe(false);
    for (const length of [0, 63, 65]) expect(isCast(isSignedBy, context, body, random(length))).toBe(false);
    fc.assert(
      fc.property(fc.nat({ max: 511 }), (bit) => {
        const changed = signature.slice();
        changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        expect(isCast(isSignedBy, context, body, changed)).toBe(false);
      }),
    );
  });

  test("is not made for a ballot of another voter", () => {
    expect(() => signBallot(nodeCards, key, contextFor(publicKey), body)).toThrow(RangeError);
  });

  test("is not made without the code", () => {
    const guessed = cardKey(nodeCards, { ...CARD, code: "GUESSED" });
    const forged = nodeCards.sign(guessed.seed, body);
    expect(isCast(isSignedBy, context, body, forged)).toBe(false);
  });
});

describe("a tracking code", () => {
  test("is of SHA-256 over voter key and body, in the form that all have", () => {
    const [voterKey, body] = [newVoterKey(), random(128)];
    const sha256 = createHash("sha256").update(Buffer.from(voterKey, "base64url")).update(body).digest();
    expect(ballotTrackingCode(voterKey, body)).toBe(trackingCodeOf(sha256));
    expect(ballotTrackingCode(voterKey, body)).toMatch(/^[A-Z2-7]{20}$/);
  });

  test("is another for another voter with the same body", () => {
    const body = random(128);
    expect(ballotTrackingCode(newVoterKey(), body)).not.toBe(ballotTrackingCode(newVoterKey(), body));
  });

  test.each(["", "A".repeat(42), "A".repeat(44), "!".repeat(43)])("is not of a voter key such as “%s”", (voterKey) => {
    expect(() => ballotTrackingCode(voterKey, new Uint8Array(128))).toThrow(RangeError);
  });
});

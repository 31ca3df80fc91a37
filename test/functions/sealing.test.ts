import { generateKeyPairSync } from "node:crypto";
import fc from "fast-check";
import { AEAD_AES_128_GCM, AEAD_AES_256_GCM, CipherSuite, KDF_HKDF_SHA256, KEM_DHKEM_X25519_HKDF_SHA256 } from "hpke";
import { describe, expect, test } from "vitest";
import { fromBase64Url, toBase64Url } from "#core/bytes.ts";
import { envelopeBytes, openEnvelope, sealEnvelope } from "#core/envelope.ts";
import { type Selection, writeSelection } from "#core/selection.ts";
import { makeOneTimeKey } from "#storage/ed25519.ts";
import { hpkeKey, nodeKdf, nodeKem, openerWith, sealerTo } from "#storage/hpke.ts";
import { exportPrivateKey, importPrivateKey, importPublicKey, publicKeyOf } from "#storage/x25519.ts";
import { law, OPENING, race, rankedRace, stated } from "#test/definitions.ts";
import { sealerTo as browserSealer } from "#web/sealing.ts";

const browserSuite = new CipherSuite(KEM_DHKEM_X25519_HKDF_SHA256, KDF_HKDF_SHA256, AEAD_AES_256_GCM);
const hex = (text: string) => Uint8Array.from(Buffer.from(text, "hex"));
const utf8 = (text: string) => new TextEncoder().encode(text);
const oneTimeKey = makeOneTimeKey();
const FOR_ALL = { regionId: "all", oneTimeKey };
const FOR_ONE = { regionId: "1", oneTimeKey };
const OUI: Selection = { kind: "choice", choice: "oui" };

/** One key pair, held by both engines. */
async function keyPair() {
  const { publicKey, privateKey } = generateKeyPairSync("x25519");
  const rawPublic = fromBase64Url(publicKeyOf(privateKey)) ?? new Uint8Array();
  return {
    node: { publicKey, privateKey },
    browser: {
      publicKey: await browserSuite.DeserializePublicKey(rawPublic),
      privateKey: await browserSuite.DeserializePrivateKey(exportPrivateKey(privateKey)),
    },
  };
}

// RFC 9180, appendix A.1.1: it seals with AES-128-GCM; key encapsulation and key derivation are the ones we use.
const RECIPIENT = hex("4612c550263fc8ad58375df3f557aac531d26850903e55a9f23f21d8534e8ac8");
const ENCAPSULATED = hex("37fda3567bdbd628e88668c3c8d7e97d1d1253b6d4ea6d44c150f741f1bf4431");
const CIPHERTEXT = hex("f938558b5d72f1a23810b4be2ab4f84331acc02fc97babc53a52ae8218a355a96d8770ac83d07bea87e13c512a");

describe("the vectors of RFC 9180, appendix A.1.1", () => {
  test("a private key has the given public key", () => {
    expect(Buffer.from(publicKeyOf(importPrivateKey(RECIPIENT)), "base64url").toString("hex")).toBe(
      "3948cfe0ad1ddb695d780e59077195da6c56506b027329794ab02bca80815c4d",
    );
  });

  test("key, nonce and text are as given", async () => {
    const keys: string[][] = [];
    const suite = new CipherSuite(nodeKem, nodeKdf, () => ({
      ...AEAD_AES_128_GCM(),
      Open(key, nonce, aad, text) {
        keys.push([key, nonce].map((bytes) => Buffer.from(bytes).toString("hex")));
        return AEAD_AES_128_GCM().Open(key, nonce, aad, text);
      },
    }));
    const opened = await suite.Open(hpkeKey(importPrivateKey(RECIPIENT)), ENCAPSULATED, CIPHERTEXT, {
      aad: utf8("Count-0"),
      info: utf8("Ode on a Grecian Urn"),
    });
    expect(Buffer.from(opened).toString()).toBe("Beauty is truth, truth beauty");
    expect(keys).toEqual([["4531685d41d65f03dc48f6b8302c05b0", "56d890e5accaaf011cff4b7d"]]);
  });
});

test("keys are read as written, and anything else is refused", () => {
  const { privateKey, publicKey } = generateKeyPairSync("x25519");
  expect(importPrivateKey(exportPrivateKey(privateKey)).equals(privateKey)).toBe(true);
  expect(importPublicKey(publicKeyOf(privateKey)).equals(publicKey)).toBe(true);
  expect(() => importPrivateKey(new Uint8Array(31))).toThrow();
  expect(() => importPublicKey("bm90IGEga2V5")).toThrow();
});

test("whatever the browser's library seals is opened here, for any contest and text", async () => {
  const { node, browser } = await keyPair();
  const open = openerWith(node.privateKey);
  const sealed = fc.asyncProperty(fc.string({ unit: "binary" }), fc.uint8Array(), async (info, text) => {
    const { encapsulatedSecret: encapsulatedKey, ciphertext } = await browserSuite.Seal(browser.publicKey, text, {
      info: utf8(info),
    });
    expect(await open({ encapsulatedKey, ciphertext }, info)).toEqual(Buffer.from(text));
    expect(await open({ encapsulatedKey, ciphertext }, `${info}.`)).toBeUndefined();
    expect(await open({ encapsulatedKey, ciphertext: ciphertext.subarray(1) }, info)).toBeUndefined();
  });
  await fc.assert(sealed);
});

test("whatever is sealed here the browser's library opens, for any contest and text", async () => {
  const { node, browser } = await keyPair();
  const seal = sealerTo(node.publicKey);
  const sealed = fc.asyncProperty(fc.string({ unit: "binary" }), fc.uint8Array(), async (info, text) => {
    const { encapsulatedKey, ciphertext } = await seal(text, info);
    const open = (as: string) => browserSuite.Open(browser.privateKey, encapsulatedKey, ciphertext, { info: utf8(as) });
    expect(Buffer.from(await open(info))).toEqual(Buffer.from(text));
    await expect(open(`${info}.`)).rejects.toThrow();
  });
  await fc.assert(sealed);
});

test("an invalid encapsulated key, or one of low order, opens nothing", async () => {
  const { node } = await keyPair();
  const open = openerWith(node.privateKey);
  const opened = (keyBytes: Uint8Array, textBytes: number) =>
    open({ encapsulatedKey: keyBytes, ciphertext: new Uint8Array(textBytes) }, "");
  expect(await opened(new Uint8Array(32), 48)).toBeUndefined();
  expect(await opened(new Uint8Array(31), 48)).toBeUndefined();
  expect(await opened(new Uint8Array(32).fill(9), 15)).toBeUndefined();
});

describe("envelopes", () => {
  test("Lambda opens what the browser seals, and the browser what Lambda seals", async () => {
    const { node, browser } = await keyPair();
    const fromBrowser = await sealEnvelope(
      await browserSealer(publicKeyOf(node.privateKey)),
      stated(law()),
      FOR_ALL,
      OUI,
    );
    const read = await openEnvelope(openerWith(node.privateKey), stated(law()), "all", {
      oneTimeKey,
      envelope: fromBrowser,
    });
    expect(read).toBe(writeSelection(OUI));
    const fromLambda = await sealEnvelope(sealerTo(node.publicKey), stated(law()), FOR_ALL, OUI);
    const info = utf8(`scrutin/v3/ballot|${law().electionId}|${OPENING}|all|${toBase64Url(oneTimeKey)}`);
    const opened = await browserSuite.Open(browser.privateKey, fromLambda.slice(0, 32), fromLambda.slice(32), { info });
    expect(Buffer.from(opened).toString()).toBe("\0\x03oui");
  });

  test("every envelope of an election has the same size, which says nothing of the choice", async () => {
    const { node } = await keyPair();
    const definition = rankedRace({ allowBlank: true });
    const selections: Selection[] = [
      { kind: "blank" },
      { kind: "ranking", candidateIds: ["1"] },
      { kind: "ranking", candidateIds: ["2", "1"] },
    ];
    const sizes = selections.map(
      async (selection) =>
        (await sealEnvelope(sealerTo(node.publicKey), stated(definition), FOR_ONE, selection)).length,
    );
    expect(new Set(await Promise.all(sizes))).toEqual(new Set([envelopeBytes(definition)]));
  });

  test("the same choice sealed twice gives two different envelopes", async () => {
    const { node } = await keyPair();
    const [a, b] = await Promise.all(
      [0, 1].map(() => sealEnvelope(sealerTo(node.publicKey), stated(law()), FOR_ALL, OUI)),
    );
    expect(a).not.toEqual(b);
  });

  test("an envelope does not open for another election, region, key or one-time key, or with a bit flipped", async () => {
    const { node } = await keyPair();
    const other = await keyPair();
    const choice: Selection = { kind: "candidate", candidateId: "1" };
    const envelope = await sealEnvelope(sealerTo(node.publicKey), stated(race()), FOR_ONE, choice);
    const open = (
      definition = race(),
      regionId = "1",
      key = node.privateKey,
      bytes: Uint8Array = envelope,
      oneTime: Uint8Array = oneTimeKey,
    ) => openEnvelope(openerWith(key), stated(definition), regionId, { oneTimeKey: oneTime, envelope: bytes });
    expect(await open()).toBe(writeSelection(choice));
    expect(await open(race({ electionId: "E2" }))).toBeUndefined();
    expect(await open(race(), "2")).toBeUndefined();
    expect(await open(race(), "1", other.node.privateKey)).toBeUndefined();
    expect(await open(race(), "1", node.privateKey, envelope, makeOneTimeKey())).toBeUndefined();
    expect(await open(race(), "1", node.privateKey, envelope.slice(0, -1))).toBeUndefined();
    expect(await open(race(), "1", node.privateKey, new Uint8Array(envelope.length))).toBeUndefined();
    for (const position of [0, 31, 32, 40, envelope.length - 1]) {
      const flipped = envelope.slice();
      flipped[position] = (flipped[position] ?? 0) ^ 1;
      expect(await open(race(), "1", node.privateKey, flipped)).toBeUndefined();
    }
  });
});

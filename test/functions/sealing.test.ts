import fc from "fast-check";
import { AEAD_AES_128_GCM, AEAD_AES_256_GCM, CipherSuite, KDF_HKDF_SHA256, KEM_DHKEM_X25519_HKDF_SHA256 } from "hpke";
import { describe, expect, test } from "vitest";
import { envelopeBytes, openEnvelope, sealEnvelope } from "#core/envelope.ts";
import type { Selection } from "#core/selection.ts";
import { AES_128_GCM, ballotOpener, messageKeys } from "#functions/shared/ballot-opener.ts";
import { nodeKdf, nodeKem, nodeSuite } from "#functions/shared/sealing-suite.ts";
import { law, race, rankedRace } from "#test/definitions.ts";

const browserSuite = new CipherSuite(KEM_DHKEM_X25519_HKDF_SHA256, KDF_HKDF_SHA256, AEAD_AES_256_GCM);
const hex = (text: string) => Uint8Array.from(Buffer.from(text, "hex"));
const OUI: Selection = { kind: "choice", choice: "oui" };

/** One key pair, held by both engines. */
async function keyPair() {
  const { publicKey, privateKey } = await nodeSuite.GenerateKeyPair(true);
  const rawPublic = await nodeSuite.SerializePublicKey(publicKey);
  const rawPrivate = await nodeSuite.SerializePrivateKey(privateKey);
  return {
    node: { publicKey, privateKey },
    browser: {
      publicKey: await browserSuite.DeserializePublicKey(rawPublic),
      privateKey: await browserSuite.DeserializePrivateKey(rawPrivate),
    },
  };
}

test("our engine opens what RFC 9180, appendix A.1.1, sealed", async () => {
  // The appendix seals with AES-128-GCM; key encapsulation and key derivation are the ones we use.
  const suite = new CipherSuite(nodeKem, nodeKdf, AEAD_AES_128_GCM);
  const privateKey = await suite.DeserializePrivateKey(
    hex("4612c550263fc8ad58375df3f557aac531d26850903e55a9f23f21d8534e8ac8"),
  );
  const opened = await suite.Open(
    privateKey,
    hex("37fda3567bdbd628e88668c3c8d7e97d1d1253b6d4ea6d44c150f741f1bf4431"),
    hex("f938558b5d72f1a23810b4be2ab4f84331acc02fc97babc53a52ae8218a355a96d8770ac83d07bea87e13c512a"),
    { info: hex("4f6465206f6e2061204772656369616e2055726e"), aad: hex("436f756e742d30") },
  );
  expect(Buffer.from(opened).toString()).toBe("Beauty is truth, truth beauty");
});

test("the counting of envelopes derives the key and nonce that RFC 9180, appendix A.1.1, derives", async () => {
  const { keyObject } = await nodeSuite.DeserializePrivateKey(
    hex("4612c550263fc8ad58375df3f557aac531d26850903e55a9f23f21d8534e8ac8"),
  );
  const { key, nonce } = messageKeys(AES_128_GCM, keyObject)(
    hex("37fda3567bdbd628e88668c3c8d7e97d1d1253b6d4ea6d44c150f741f1bf4431"),
    "Ode on a Grecian Urn",
  );
  expect(Buffer.from(key).toString("hex")).toBe("4531685d41d65f03dc48f6b8302c05b0");
  expect(Buffer.from(nonce).toString("hex")).toBe("56d890e5accaaf011cff4b7d");
});

test("the counting of envelopes opens whatever the library seals, whichever the contest and the text", async () => {
  const { node, browser } = await keyPair();
  const open = ballotOpener(node.privateKey);
  const sealed = fc.asyncProperty(fc.string({ unit: "binary" }), fc.uint8Array(), async (info, text) => {
    const { encapsulatedSecret, ciphertext } = await browserSuite.Seal(browser.publicKey, text, {
      info: new TextEncoder().encode(info),
    });
    expect(open(encapsulatedSecret, ciphertext, info)).toEqual(Buffer.from(text));
    expect(open(encapsulatedSecret, ciphertext, `${info}.`)).toBeUndefined();
    expect(open(encapsulatedSecret, ciphertext.subarray(1), info)).toBeUndefined();
  });
  await fc.assert(sealed);
});

test("an encapsulated key that is no key, or that all keys agree with, opens nothing", async () => {
  const { node } = await keyPair();
  const open = ballotOpener(node.privateKey);
  expect(open(new Uint8Array(32), new Uint8Array(48), "")).toBeUndefined();
  expect(open(new Uint8Array(31), new Uint8Array(48), "")).toBeUndefined();
  expect(open(new Uint8Array(32).fill(9), new Uint8Array(15), "")).toBeUndefined();
});

test("our engine derives the key pair that RFC 9180, appendix A.1.1, derives", async () => {
  const { publicKey } = await nodeSuite.DeriveKeyPair(
    hex("6db9df30aa07dd42ee5e8181afdb977e538f5e1fec8a06223f33f7013e525037"),
    true,
  );
  expect(Buffer.from(await nodeSuite.SerializePublicKey(publicKey)).toString("hex")).toBe(
    "3948cfe0ad1ddb695d780e59077195da6c56506b027329794ab02bca80815c4d",
  );
});

describe("envelopes", () => {
  test("what the browser seals, Lambda opens, and the other way round", async () => {
    const { node, browser } = await keyPair();
    const fromBrowser = await sealEnvelope(browserSuite, browser.publicKey, law(), "all", OUI);
    expect(openEnvelope(ballotOpener(node.privateKey), law(), "all", fromBrowser)).toEqual(OUI);
    const fromLambda = await sealEnvelope(nodeSuite, node.publicKey, law(), "all", OUI);
    const info = new TextEncoder().encode(`scrutin/v1/ballot|${law().electionId}|all`);
    const opened = await browserSuite.Open(browser.privateKey, fromLambda.slice(0, 32), fromLambda.slice(32), { info });
    expect(Buffer.from(opened).toString()).toBe("\0\x03oui");
  });

  test("every envelope of an election has one size, so size says nothing of the choice", async () => {
    const { node } = await keyPair();
    const definition = rankedRace({ allowBlank: true });
    const selections: Selection[] = [
      { kind: "blank" },
      { kind: "ranking", candidateIds: ["1"] },
      { kind: "ranking", candidateIds: ["2", "1"] },
    ];
    const sizes = selections.map(
      async (selection) => (await sealEnvelope(nodeSuite, node.publicKey, definition, "1", selection)).length,
    );
    expect(new Set(await Promise.all(sizes))).toEqual(new Set([envelopeBytes(definition)]));
  });

  test("the same choice sealed twice gives two envelopes that nobody can compare", async () => {
    const { node } = await keyPair();
    const [a, b] = await Promise.all([0, 1].map(() => sealEnvelope(nodeSuite, node.publicKey, law(), "all", OUI)));
    expect(a).not.toEqual(b);
  });

  test("an envelope opens for no other election, no other region, no other key, and not when a bit is flipped", async () => {
    const { node } = await keyPair();
    const other = await keyPair();
    const choice: Selection = { kind: "candidate", candidateId: "1" };
    const envelope = await sealEnvelope(nodeSuite, node.publicKey, race(), "1", choice);
    const open = (definition = race(), regionId = "1", key = node.privateKey, bytes: Uint8Array = envelope) =>
      openEnvelope(ballotOpener(key), definition, regionId, bytes);
    expect(open()).toEqual(choice);
    expect(open(race({ electionId: "E2" }))).toBeUndefined();
    expect(open(race(), "2")).toBeUndefined();
    expect(open(race(), "1", other.node.privateKey)).toBeUndefined();
    expect(open(race(), "1", node.privateKey, envelope.slice(0, -1))).toBeUndefined();
    expect(open(race(), "1", node.privateKey, new Uint8Array(envelope.length))).toBeUndefined();
    for (const position of [0, 31, 32, 40, envelope.length - 1]) {
      const flipped = envelope.slice();
      flipped[position] = (flipped[position] ?? 0) ^ 1;
      expect(open(race(), "1", node.privateKey, flipped)).toBeUndefined();
    }
  });
});

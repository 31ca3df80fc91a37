import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  decapsulate,
  encapsulate,
  type KeyObject,
} from "node:crypto";
import { type AEAD, CipherSuite, type KDF, type KEM, type Key } from "hpke";
import type { Opener, Sealer } from "#core/envelope.ts";

/**
 * Seals and opens envelopes with the browsers' library (RFC 9180) on Node's synchronous cryptography: the library's own
 * primitives are WebCrypto's, which switches threads about ten times per envelope.
 */

const HASH_BYTES = 32;
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** HKDF-Expand numbers its blocks; HPKE derives nothing longer than the first. */
const FIRST_BLOCK = Uint8Array.of(1);

function hmacSha256(key: Uint8Array, ...parts: readonly Uint8Array[]): Buffer {
  // With a key object Node skips a check of the bytes that costs more than the hashing.
  const hmac = createHmac("sha256", createSecretKey(key));
  for (const part of parts) hmac.update(part);
  return hmac.digest();
}

/** Not needed: keys are made and stored as Node's own (x25519.ts). */
const unused = (): never => {
  throw new TypeError("this operation of HPKE is not used");
};

type NodeKey = Key & Readonly<{ keyObject: KeyObject }>;

export function hpkeKey(keyObject: KeyObject): NodeKey {
  return { algorithm: { name: "X25519" }, extractable: false, type: keyObject.type, keyObject };
}

/** DHKEM(X25519, HKDF-SHA256), as Node's encapsulation does it for such keys. */
export const nodeKem = (): KEM<NodeKey> => ({
  id: 0x0020,
  type: "KEM",
  name: "DHKEM(X25519, HKDF-SHA256)",
  Nsecret: HASH_BYTES,
  Nenc: KEY_BYTES,
  Npk: KEY_BYTES,
  Nsk: KEY_BYTES,
  DeriveKeyPair: unused,
  GenerateKeyPair: unused,
  SerializePublicKey: unused,
  DeserializePublicKey: unused,
  SerializePrivateKey: unused,
  DeserializePrivateKey: unused,
  async Encap({ keyObject }) {
    const { sharedKey, ciphertext } = encapsulate(keyObject);
    return { shared_secret: sharedKey, enc: ciphertext };
  },
  Decap: async (encapsulated, { keyObject }) => decapsulate(keyObject, encapsulated),
});

export const nodeKdf = (): KDF => ({
  id: 0x0001,
  type: "KDF",
  name: "HKDF-SHA256",
  Nh: HASH_BYTES,
  stages: 2,
  Derive: unused,
  Extract: async (salt, keyingMaterial) => hmacSha256(salt, keyingMaterial),
  async Expand(key, info, length) {
    if (length > HASH_BYTES) throw new RangeError("HPKE derives at most one block");
    return hmacSha256(key, info, FIRST_BLOCK).subarray(0, length);
  },
});

const AES_256_GCM = "aes-256-gcm";
const OPTIONS = { authTagLength: TAG_BYTES };

const nodeAead = (): AEAD => ({
  id: 0x0002,
  type: "AEAD",
  name: "AES-256-GCM",
  Nk: KEY_BYTES,
  Nn: NONCE_BYTES,
  Nt: TAG_BYTES,
  async Seal(key, nonce, aad, plaintext) {
    const cipher = createCipheriv(AES_256_GCM, createSecretKey(key), nonce, OPTIONS).setAAD(aad);
    return Buffer.concat([cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
  },
  async Open(key, nonce, aad, ciphertext) {
    const decipher = createDecipheriv(AES_256_GCM, createSecretKey(key), nonce, OPTIONS).setAAD(aad);
    decipher.setAuthTag(ciphertext.subarray(-TAG_BYTES));
    const opened = decipher.update(ciphertext.subarray(0, -TAG_BYTES));
    // Returns no bytes in this mode; throws when the tag does not match.
    decipher.final();
    return opened;
  },
});

const suite = new CipherSuite(nodeKem, nodeKdf, nodeAead);

/** A sealer to this X25519 key. */
export function sealerTo(publicKey: KeyObject): Sealer {
  const key = hpkeKey(publicKey);
  return async (plaintext, info) => {
    const sealed = await suite.Seal(key, plaintext, { info: Buffer.from(info) });
    return { encapsulatedKey: sealed.encapsulatedSecret, ciphertext: sealed.ciphertext };
  };
}

/** An opener of envelopes sealed to this X25519 key's public half. */
export function openerWith(privateKey: KeyObject): Opener {
  const key = hpkeKey(privateKey);
  return ({ encapsulatedKey, ciphertext }, info) =>
    suite.Open(key, encapsulatedKey, ciphertext, { info: Buffer.from(info) }).catch(() => undefined);
}

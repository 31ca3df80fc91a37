import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createPrivateKey,
  createPublicKey,
  createSecretKey,
  decapsulate,
  encapsulate,
  generateKeyPairSync,
  type KeyObject,
} from "node:crypto";
import {
  type AEADFactory,
  CipherSuite,
  type KDFFactory,
  KEM_DHKEM_X25519_HKDF_SHA256,
  type KEMFactory,
  type Key,
} from "hpke";

/**
 * The sealing suite on Node's own cryptography: DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-256-GCM (RFC 9180). The
 * browser runs the library's WebCrypto suite; both pass the RFC's test vectors and open each other's envelopes. This one
 * is there for speed: WebCrypto's detour through the thread pool costs about twice as much CPU per envelope.
 */

/** An X25519 key as Node holds it, in the shape that the library asks for. */
class NodeKey implements Key {
  readonly algorithm = { name: "X25519" };
  readonly extractable = true;
  readonly type: "private" | "public";
  readonly keyObject: KeyObject;

  constructor(keyObject: KeyObject) {
    this.keyObject = keyObject;
    this.type = keyObject.type === "private" ? "private" : "public";
  }
}

// DER prefixes of RFC 8410: a raw X25519 key becomes PKCS#8 or SPKI by standing behind them.
const PKCS8_PREFIX = Buffer.from("302e020100300506032b656e04220420", "hex");
const SPKI_PREFIX = Buffer.from("302a300506032b656e032100", "hex");
const RAW_KEY_BYTES = 32;

function rawKey({ keyObject }: NodeKey): Uint8Array {
  const der =
    keyObject.type === "private"
      ? keyObject.export({ type: "pkcs8", format: "der" })
      : keyObject.export({ type: "spki", format: "der" });
  return new Uint8Array(der.subarray(der.length - RAW_KEY_BYTES));
}

function privateKeyOf(raw: Uint8Array): NodeKey {
  return new NodeKey(createPrivateKey({ key: Buffer.concat([PKCS8_PREFIX, raw]), format: "der", type: "pkcs8" }));
}

function publicKeyOf(raw: Uint8Array): NodeKey {
  return new NodeKey(createPublicKey({ key: Buffer.concat([SPKI_PREFIX, raw]), format: "der", type: "spki" }));
}

export const nodeKem: KEMFactory<NodeKey> = () => {
  const webCrypto = KEM_DHKEM_X25519_HKDF_SHA256();
  return {
    ...webCrypto,
    async GenerateKeyPair() {
      const { publicKey, privateKey } = generateKeyPairSync("x25519");
      return { publicKey: new NodeKey(publicKey), privateKey: new NodeKey(privateKey) };
    },
    async DeriveKeyPair(ikm) {
      const derived = await webCrypto.DeriveKeyPair(ikm, true);
      return {
        publicKey: publicKeyOf(await webCrypto.SerializePublicKey(derived.publicKey)),
        privateKey: privateKeyOf(await webCrypto.SerializePrivateKey(derived.privateKey)),
      };
    },
    async SerializePublicKey(key) {
      return rawKey(key);
    },
    async DeserializePublicKey(raw) {
      return publicKeyOf(raw);
    },
    async SerializePrivateKey(key) {
      return rawKey(key);
    },
    async DeserializePrivateKey(raw) {
      return privateKeyOf(raw);
    },
    async Encap(publicKey) {
      const { sharedKey, ciphertext } = encapsulate(publicKey.keyObject);
      return { shared_secret: sharedKey, enc: ciphertext };
    },
    async Decap(encapsulated, privateKey) {
      return decapsulate(privateKey.keyObject, encapsulated);
    },
  };
};

const hmacSha256 = (key: Uint8Array, ...parts: Uint8Array[]): Buffer => {
  // With a key object Node skips a look at what the bytes are that costs four times the hashing itself.
  const hmac = createHmac("sha256", createSecretKey(key));
  for (const part of parts) hmac.update(part);
  return hmac.digest();
};

const HASH_BYTES = 32;

/** HKDF of RFC 5869 over HMAC-SHA-256. */
export const nodeKdf: KDFFactory = () => ({
  id: 0x0001,
  type: "KDF",
  name: "HKDF-SHA256",
  Nh: HASH_BYTES,
  stages: 2,
  async Extract(salt, ikm) {
    return hmacSha256(salt, ikm);
  },
  async Expand(prk, info, length) {
    const blocks: Buffer[] = [];
    for (let block = 1; (block - 1) * HASH_BYTES < length; block++) {
      blocks.push(hmacSha256(prk, blocks.at(-1) ?? new Uint8Array(), info, Uint8Array.of(block)));
    }
    return Buffer.concat(blocks).subarray(0, length);
  },
  async Derive() {
    throw new Error("HKDF has two stages: Extract and Expand");
  },
});

const TAG_BYTES = 16;

const nodeAead: AEADFactory = () => ({
  id: 0x0002,
  type: "AEAD",
  name: "AES-256-GCM",
  Nk: 32,
  Nn: 12,
  Nt: TAG_BYTES,
  async Seal(key, nonce, aad, plaintext) {
    const cipher = createCipheriv("aes-256-gcm", createSecretKey(key), nonce);
    cipher.setAAD(aad);
    return Buffer.concat([cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
  },
  async Open(key, nonce, aad, sealed) {
    if (sealed.length < TAG_BYTES) throw new Error("shorter than its authentication tag");
    const decipher = createDecipheriv("aes-256-gcm", createSecretKey(key), nonce, { authTagLength: TAG_BYTES });
    decipher.setAAD(aad);
    decipher.setAuthTag(sealed.subarray(sealed.length - TAG_BYTES));
    return Buffer.concat([decipher.update(sealed.subarray(0, sealed.length - TAG_BYTES)), decipher.final()]);
  },
});

/** The cipher suite of every Lambda and of the command line tool. */
export const nodeSuite = new CipherSuite(nodeKem, nodeKdf, nodeAead);
export type BallotKey = NodeKey;

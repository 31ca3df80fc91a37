import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  decapsulate,
  encapsulate,
  type KeyObject,
} from "node:crypto";
import type { Opener, Sealer } from "#core/envelope.ts";

/**
 * Seals and opens envelopes, many of them: HPKE's base mode (RFC 9180, sections 5.1, 5.1.1 and 6.1) in one synchronous step on
 * Node's own cryptography. The library that seals in browsers works out for every envelope what is the same for all of a
 * contest, and in promises. The RFC's vectors and that library are the test.
 */

/** An AEAD by its number in RFC 9180, section 7.3, and by its name in OpenSSL. */
type Aead = Readonly<{ id: number; name: "aes-128-gcm" | "aes-256-gcm"; keyBytes: number }>;

export const AES_128_GCM: Aead = { id: 1, name: "aes-128-gcm", keyBytes: 16 };
export const AES_256_GCM: Aead = { id: 2, name: "aes-256-gcm", keyBytes: 32 };

const KEM_DHKEM_X25519 = 0x0020;
const KDF_HKDF_SHA256 = 0x0001;
const BASE_MODE = 0;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** Neither key nor nonce is longer than a hash, so HKDF-Expand has one block: its number follows the info. */
const FIRST_BLOCK = Uint8Array.of(1);
/** Infos come from registered elections; beyond this many contests, what was worked out is let go. */
const MOST_CONTESTS = 10_000;

const number16 = (value: number): Uint8Array => Uint8Array.of(value >> 8, value & 0xff);

const hmacSha256 = (key: KeyObject, data: Uint8Array): Buffer => createHmac("sha256", key).update(data).digest();

/** What the keys of every envelope of a contest are derived with; nothing of it is secret. */
type Labels = Readonly<{ secret: Uint8Array; key: Uint8Array; nonce: Uint8Array }>;

function labelsFor(aead: Aead, info: string): Labels {
  const suite = [Buffer.from("HPKE"), number16(KEM_DHKEM_X25519), number16(KDF_HKDF_SHA256), number16(aead.id)];
  const labelled = (label: string, ...parts: Uint8Array[]): Buffer =>
    Buffer.concat([Buffer.from("HPKE-v1"), ...suite, Buffer.from(label), ...parts]);
  const noSalt = createSecretKey(new Uint8Array(0));
  const context = [
    Uint8Array.of(BASE_MODE),
    hmacSha256(noSalt, labelled("psk_id_hash")),
    hmacSha256(noSalt, labelled("info_hash", Buffer.from(info))),
  ];
  const expanded = (label: string, bytes: number): Buffer =>
    Buffer.concat([number16(bytes), labelled(label, ...context), FIRST_BLOCK]);
  return {
    secret: labelled("secret"),
    key: expanded("key", aead.keyBytes),
    nonce: expanded("base_nonce", NONCE_BYTES),
  };
}

/** The key and the nonce of the first, and only, message to an encapsulated key. */
export type MessageKeys = Readonly<{ key: Uint8Array; nonce: Uint8Array }>;

/** Derives the keys of messages from the secret that a key encapsulation gave both sides, info by info. */
export function messageKeys(aead: Aead): (sharedSecret: Uint8Array, info: string) => MessageKeys {
  const kept = new Map<string, Labels>();
  const labelsOf = (info: string): Labels => {
    const known = kept.get(info);
    if (known !== undefined) return known;
    if (kept.size >= MOST_CONTESTS) kept.clear();
    const labels = labelsFor(aead, info);
    kept.set(info, labels);
    return labels;
  };
  return (sharedSecret, info) => {
    const labels = labelsOf(info);
    // With a key object Node skips a look at what the bytes are that costs four times the hashing itself.
    const secret = createSecretKey(hmacSha256(createSecretKey(sharedSecret), labels.secret));
    return {
      key: hmacSha256(secret, labels.key).subarray(0, aead.keyBytes),
      nonce: hmacSha256(secret, labels.nonce).subarray(0, NONCE_BYTES),
    };
  };
}

const ballotKeys = messageKeys(AES_256_GCM);
const OPTIONS = { authTagLength: TAG_BYTES };

/** What seals envelopes to this X25519 key. */
export function sealerTo(publicKey: KeyObject): Sealer {
  return (plaintext, info) => {
    const { sharedKey, ciphertext: encapsulatedKey } = encapsulate(publicKey);
    const { key, nonce } = ballotKeys(sharedKey, info);
    const cipher = createCipheriv(AES_256_GCM.name, createSecretKey(key), nonce, OPTIONS);
    const ciphertext = Buffer.concat([cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
    return { encapsulatedKey, ciphertext };
  };
}

/** What opens envelopes sealed to this X25519 key's public half. */
export function openerWith(privateKey: KeyObject): Opener {
  return ({ encapsulatedKey, ciphertext }, info) => {
    if (ciphertext.length < TAG_BYTES) return undefined;
    try {
      const { key, nonce } = ballotKeys(decapsulate(privateKey, encapsulatedKey), info);
      const decipher = createDecipheriv(AES_256_GCM.name, createSecretKey(key), nonce, OPTIONS);
      decipher.setAuthTag(ciphertext.subarray(-TAG_BYTES));
      const opened = decipher.update(ciphertext.subarray(0, -TAG_BYTES));
      // Gives no more bytes in this mode; throws when the tag does not fit.
      decipher.final();
      return opened;
    } catch {
      return undefined;
    }
  };
}

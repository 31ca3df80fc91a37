import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, verify } from "node:crypto";
import { fromBase64Url, toBase64Url } from "#core/bytes.ts";

/** Keys of Ed25519 (RFC 8032), raw, 32 bytes: one-time keys and voter keys of ballots, and the key that signs for them. */

/** What a PKCS #8 file of a key has before its 32 secret bytes (RFC 8410, section 7). */
const PKCS8 = Buffer.from("302e020100300506032b657004220420", "hex");

/** A key object, which is set up only once, of 32 secret bytes. */
export const importSecretKey = (seed: Uint8Array): KeyObject =>
  createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: "der", type: "pkcs8" });

/** The public part of a secret key, base64url. */
export const publicPartOf = (key: KeyObject): string => createPublicKey(key).export({ format: "jwk" }).x ?? "";

/** The public part of a new key, whose private part nobody will have. */
export function makeOneTimeKey(): Uint8Array {
  const { x = "" } = generateKeyPairSync("ed25519").publicKey.export({ format: "jwk" });
  return fromBase64Url(x) ?? new Uint8Array();
}

/**
 * Whether a one-time key signed this.
 * @param oneTimeKey 32 bytes; @throws Node's error for another number
 */
export function isSignedBy(oneTimeKey: Uint8Array, statement: Uint8Array, signature: Uint8Array): boolean {
  const key = createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x: toBase64Url(oneTimeKey) }, format: "jwk" });
  return verify(null, statement, key, signature);
}

import { createPublicKey, generateKeyPairSync, verify } from "node:crypto";
import { fromBase64Url, toBase64Url } from "#core/bytes.ts";

/** The one-time keys of ballots: Ed25519 (RFC 8032), raw, 32 bytes. */

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

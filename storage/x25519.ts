import { createPrivateKey, createPublicKey, type KeyObject } from "node:crypto";
import { fromBase64Url } from "#core/bytes.ts";

/** X25519 keys: secrets hold the private key raw, 32 bytes; elections publish the public key in base64url. */

/** The DER prefix (RFC 8410) that makes a raw private key PKCS#8. */
const PKCS8_PREFIX = Buffer.from("302e020100300506032b656e04220420", "hex");

/** @throws Node's error when these are not 32 bytes */
export function importPrivateKey(raw: Uint8Array): KeyObject {
  return createPrivateKey({ key: Buffer.concat([PKCS8_PREFIX, raw]), format: "der", type: "pkcs8" });
}

export function exportPrivateKey(privateKey: KeyObject): Uint8Array {
  return fromBase64Url(privateKey.export({ format: "jwk" }).d ?? "") ?? new Uint8Array();
}

/** @throws Node's error when this is not the base64url of 32 bytes */
export function importPublicKey(text: string): KeyObject {
  return createPublicKey({ key: { kty: "OKP", crv: "X25519", x: text }, format: "jwk" });
}

/** The public key of a private key, as elections publish it. */
export function publicKeyOf(privateKey: KeyObject): string {
  return createPublicKey(privateKey).export({ format: "jwk" }).x ?? "";
}

import { createPrivateKey, createPublicKey, type KeyObject } from "node:crypto";
import { fromBase64Url } from "#core/bytes.ts";

/** X25519 keys: secrets hold the private one raw, 32 bytes; elections publish the other in base64url; Node has key objects. */

/** The DER prefix of RFC 8410: a raw private key becomes PKCS#8 by standing behind it. */
const PKCS8_PREFIX = Buffer.from("302e020100300506032b656e04220420", "hex");

/** @throws Node's own error when these are not 32 bytes */
export function importPrivateKey(raw: Uint8Array): KeyObject {
  return createPrivateKey({ key: Buffer.concat([PKCS8_PREFIX, raw]), format: "der", type: "pkcs8" });
}

export function exportPrivateKey(privateKey: KeyObject): Uint8Array {
  return fromBase64Url(privateKey.export({ format: "jwk" }).d ?? "") ?? new Uint8Array();
}

/** @throws Node's own error when this is not the base64url of 32 bytes */
export function importPublicKey(text: string): KeyObject {
  return createPublicKey({ key: { kty: "OKP", crv: "X25519", x: text }, format: "jwk" });
}

/** The public half of a private key, as elections publish it. */
export function publicKeyOf(privateKey: KeyObject): string {
  return createPublicKey(privateKey).export({ format: "jwk" }).x ?? "";
}

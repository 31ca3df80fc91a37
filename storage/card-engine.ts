import { createPrivateKey, createPublicKey, type KeyObject, scryptSync, sign } from "node:crypto";
import { fromBase64Url } from "#core/bytes.ts";
import type { CardEngine } from "#core/trustees/card-key.ts";

/** What a PKCS #8 file of an Ed25519 key has before its 32 secret bytes (RFC 8410, section 7). */
const PKCS8 = Buffer.from("302e020100300506032b657004220420", "hex");

const secretKey = (seed: Uint8Array): KeyObject =>
  createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: "der", type: "pkcs8" });

/** The keys of cards by Node's own OpenSSL. */
export const nodeCards: CardEngine = {
  scrypt: (password, salt, { length, ...cost }) => new Uint8Array(scryptSync(password, salt, length, cost)),
  publicKey(seed) {
    const { x = "" } = createPublicKey(secretKey(seed)).export({ format: "jwk" });
    return fromBase64Url(x) ?? new Uint8Array();
  },
  sign: (seed, message) => new Uint8Array(sign(null, message, secretKey(seed))),
};

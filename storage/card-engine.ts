import { scryptSync, sign } from "node:crypto";
import { fromBase64Url } from "#core/bytes.ts";
import type { CardEngine } from "#core/trustees/card-key.ts";
import { importSecretKey, publicPartOf } from "#storage/ed25519.ts";

/** The keys of cards by Node's own OpenSSL. */
export const nodeCards: CardEngine = {
  scrypt: (password, salt, { length, ...cost }) => new Uint8Array(scryptSync(password, salt, length, cost)),
  publicKey: (seed) => fromBase64Url(publicPartOf(importSecretKey(seed))) ?? new Uint8Array(),
  sign: (seed, message) => new Uint8Array(sign(null, message, importSecretKey(seed))),
};

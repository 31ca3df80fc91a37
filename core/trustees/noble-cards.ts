import { ed25519 } from "@noble/curves/ed25519.js";
import { scrypt } from "@noble/hashes/scrypt.js";
import type { CardEngine } from "#core/trustees/card-key.ts";

/** The keys of cards in a browser. scrypt takes its time: not for the page's own thread. */
export const nobleCards: CardEngine = {
  scrypt: (password, salt, { length, ...cost }) => scrypt(password, salt, { ...cost, dkLen: length }),
  publicKey: (seed) => ed25519.getPublicKey(seed),
  sign: (seed, message) => ed25519.sign(message, seed),
};

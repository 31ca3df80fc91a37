import { sha512 } from "@noble/hashes/sha2.js";
import { type Point, pointOfUniform, type Scalar, scalarOfUniform, shortScalar } from "#core/trustees/group.ts";

/**
 * The one function that all proofs, contexts and generators hash by.
 *
 * H(domain, parts…) = SHA-512(e(domain) e(part) …), where e(x) is the length of x in bytes, as 8 bytes with the greatest first, and then x.
 * A text is its UTF-8. A list is the e(…) of its items, one after the other, and is itself a part like any other. So different
 * parts never give the same bytes, as long as it is agreed which part is bytes, text or list: that is what a domain stands for.
 *
 * The Fiat-Shamir challenge is H modulo the group's order. It proves something about what it hashes and nothing else: every
 * proof hashes its statement whole, each public key, each point and each context (Bernhard, Pereira, Warinschi, "How not to prove
 * yourself", Asiacrypt 2012, section 4).
 */

/** What is hashed for one purpose is never mistaken for what is hashed for another. */
export type Domain = `scrutin/v2/${string}`;
export type Part = string | Uint8Array | readonly Part[];

const LENGTH_BYTES = 8;
const encoder = new TextEncoder();

/** A part's bytes: e(…) of each item where it is a list. */
function encoded(part: Part): Uint8Array {
  if (part instanceof Uint8Array) return part;
  if (typeof part === "string") return encoder.encode(part);
  const items = part.map(encoded);
  const bytes = new Uint8Array(items.reduce((length, item) => length + LENGTH_BYTES + item.length, 0));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const item of items) {
    view.setBigUint64(at, BigInt(item.length));
    bytes.set(item, at + LENGTH_BYTES);
    at += LENGTH_BYTES + item.length;
  }
  return bytes;
}

/** H(domain, parts…), 64 bytes. */
export const transcript = (domain: Domain, ...parts: readonly Part[]): Uint8Array =>
  sha512(encoded([domain, ...parts]));

/** H(domain, parts…) modulo the group's order. */
export const challenge = (domain: Domain, ...parts: readonly Part[]): Scalar =>
  scalarOfUniform(transcript(domain, ...parts));

/**
 * The first 128 bits of H(domain, parts…): for a proof that is checked while somebody waits, at a third of the price. Schnorr's own
 * challenges are as long as the security asked for ("Efficient signature generation by smart cards", J. Cryptology 4, 1991, section 2; Neven,
 * Smart, Warinschi, "Hash function requirements for Schnorr signatures", J. Math. Cryptology 3, 2009).
 */
export const shortChallenge = (domain: Domain, ...parts: readonly Part[]): Scalar =>
  shortScalar(transcript(domain, ...parts));

/** H(domain, parts…) mapped to the group: generators of which nobody knows how one is a multiple of another. */
export const generator = (domain: Domain, ...parts: readonly Part[]): Point =>
  pointOfUniform(transcript(domain, ...parts));

/** A number as a part: 4 bytes, the greatest first. Throws RangeError for what is no integer from 0 to 2^32 - 1. */
export function uint32(number: number): Uint8Array {
  if (!Number.isInteger(number) || number < 0 || number > 0xffff_ffff)
    throw new RangeError(`${number} is no 32-bit number`);
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, number);
  return bytes;
}

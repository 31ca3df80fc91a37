import { sha256 } from "@noble/hashes/sha2.js";
import * as z from "zod/mini";
import { canonicalJson } from "#core/canonical-json.ts";
import type { Verifier } from "#core/trustees/card-key.ts";
import {
  bytesIn,
  bytesText,
  DIGEST_BYTES,
  PUBLIC_KEY_BYTES,
  SIGNATURE_BYTES,
} from "#core/trustees/ceremony/byte-fields.ts";
import { FEWEST_TO_OPEN, MOST_TRUSTEES } from "#core/trustees/ceremony/proposal.ts";
import { lagrangeAtZero } from "#core/trustees/combination.ts";
import { decodePoint, equalPoints, type Point, sumOfProducts } from "#core/trustees/group.ts";
import { itemAt } from "#core/trustees/item-at.ts";
import { transcript } from "#core/trustees/transcript.ts";

/** What a ceremony leaves, signed by every trustee: `ceremony.json`. All that mixes, opens and verifies refers to it. */

const SHA256_BYTES = 32;
const publicKey = bytesText(PUBLIC_KEY_BYTES);

const record = {
  format: z.literal("scrutin-ceremony-1"),
  electionId: z.string(),
  ballotDigest: bytesText(SHA256_BYTES),
  /** Y: ballots are encrypted for it. */
  publicKey,
  threshold: z.int().check(z.minimum(FEWEST_TO_OPEN)),
  mixes: z.int().check(z.minimum(1)),
  /** SHA-256 of the page on which voters test devices. */
  testPage: z.optional(bytesText(SHA256_BYTES)),
  /** Of all messages that made the key: rounds 0 to 2. */
  messages: bytesText(DIGEST_BYTES),
  /** Trustee 1 is the first. */
  trustees: z
    .array(z.strictObject({ name: z.string(), signingKey: publicKey, sealingKey: publicKey, verifyingKey: publicKey }))
    .check(z.minLength(FEWEST_TO_OPEN), z.maxLength(MOST_TRUSTEES)),
};

const CeremonyRecord = z.strictObject(record);
export type CeremonyRecord = Readonly<z.infer<typeof CeremonyRecord>>;

export const Ceremony = z
  .strictObject({
    ...record,
    /** Of each trustee in order. */
    signatures: z.array(bytesText(SIGNATURE_BYTES)),
  })
  .check(
    z.refine(({ signatures, trustees }) => signatures.length === trustees.length, { path: ["signatures"] }),
    z.refine(({ threshold, trustees }) => threshold <= trustees.length, { path: ["threshold"] }),
    z.refine(({ mixes, trustees }) => mixes <= trustees.length, { path: ["mixes"] }),
  );
export type Ceremony = Readonly<z.infer<typeof Ceremony>>;

export const recordIn = ({ signatures: _, ...fields }: Ceremony): CeremonyRecord => fields;

/** SHA-256 of the record in canonical JSON: what proofs are bound to, and what the six words are made of. */
export const ceremonyDigest = (of: CeremonyRecord): Uint8Array => sha256(new TextEncoder().encode(canonicalJson(of)));

/** What each trustee signs. */
export const recordBytes = (of: CeremonyRecord): Uint8Array => transcript("scrutin/v2/ceremony", canonicalJson(of));

/** Whether the verifying keys, and at zero the public key, are times G the values of one polynomial of degree threshold - 1. */
function areOneKey({ publicKey: whole, threshold, trustees }: CeremonyRecord): boolean {
  const keys: Point[] = [];
  for (const { verifyingKey } of trustees) {
    const key = decodePoint(bytesIn(verifyingKey));
    if (key === undefined) return false;
    keys.push(key);
  }
  const Y = decodePoint(bytesIn(whole));
  if (Y === undefined) return false;
  const first = keys.slice(0, threshold - 1).map((_, place) => place + 1);
  // Zero and the first threshold - 1 numbers determine it: each other value must be on it.
  return keys.slice(threshold - 1).every((_, more) => {
    const numbers = [...first, threshold + more];
    const chosen = numbers.map((number) => itemAt(keys, number - 1));
    return equalPoints(sumOfProducts(chosen, lagrangeAtZero(numbers)), Y);
  });
}

export type CeremonyFaults = Readonly<{
  /** The numbers of trustees whose signatures are not theirs. */
  unsigned: readonly number[];
  /** Whether the keys belong together. */
  isOneKey: boolean;
}>;

/** What is wrong with a ceremony's record; undefined when nothing is. */
export function ceremonyFaults(verify: Verifier, ceremony: Ceremony): CeremonyFaults | undefined {
  const of = recordIn(ceremony);
  const signed = recordBytes(of);
  const unsigned = of.trustees.flatMap(({ signingKey }, place) =>
    verify(bytesIn(signingKey), signed, bytesIn(itemAt(ceremony.signatures, place))) ? [] : [place + 1],
  );
  const isOneKey = areOneKey(of);
  return unsigned.length === 0 && isOneKey ? undefined : { unsigned, isOneKey };
}

import { sha256 } from "@noble/hashes/sha2.js";
import { canonicalJson } from "#core/canonical-json.ts";
import type { Verifier } from "#core/trustees/card-key.ts";
import { bytesIn } from "#core/trustees/ceremony/byte-fields.ts";
import { type Ceremony, type CeremonyRecord, recordIn } from "#core/trustees/ceremony/record-shape.ts";
import { lagrangeAtZero } from "#core/trustees/combination.ts";
import { decodePoint, equalPoints, type Point, sumOfProducts } from "#core/trustees/group.ts";
import { itemAt } from "#core/trustees/item-at.ts";
import { transcript } from "#core/trustees/transcript.ts";

/** What is hashed, signed and checked of what a ceremony leaves. All that mixes, opens and verifies refers to it. */

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

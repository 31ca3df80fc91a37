import { ed25519 } from "@noble/curves/ed25519.js";
import { toBase64Url } from "#core/bytes.ts";
import type { ElectionDefinition } from "#core/election.ts";
import { ballotDigest } from "#core/trustees/ballot-digest.ts";
import { recordBytes } from "#core/trustees/ceremony/record.ts";
import { Ceremony, type CeremonyRecord } from "#core/trustees/ceremony/record-shape.ts";
import { base, encodePoint, multiply, type Scalar, scalars } from "#core/trustees/group.ts";

/** A record as a ceremony of two trustees leaves it, whose key we know. */
export function smallCeremony(definition: ElectionDefinition, changes: Partial<CeremonyRecord> = {}): Ceremony {
  const [secret, slope]: readonly [Scalar, Scalar] = [11n, 5n];
  const pointOf = (scalar: Scalar): string => toBase64Url(encodePoint(multiply(base, scalar)));
  const signing = [1, 2].map((number) => new Uint8Array(32).fill(number));
  const record = {
    format: "scrutin-ceremony-1" as const,
    electionId: definition.electionId,
    ballotDigest: toBase64Url(ballotDigest(definition)),
    publicKey: pointOf(secret),
    threshold: 2,
    mixes: 2,
    messages: toBase64Url(new Uint8Array(64)),
    trustees: signing.map((key, place) => ({
      name: `Trustee ${place + 1}`,
      signingKey: toBase64Url(ed25519.getPublicKey(key)),
      sealingKey: toBase64Url(ed25519.getPublicKey(key)),
      verifyingKey: pointOf(scalars.add(secret, scalars.multiply(slope, BigInt(place + 1)))),
    })),
    ...changes,
  };
  return Ceremony.parse({
    ...record,
    signatures: signing.map((key) => toBase64Url(ed25519.sign(recordBytes(record), key))),
  });
}

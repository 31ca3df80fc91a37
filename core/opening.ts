import * as z from "zod";
import { CertificateSignature } from "#core/certificate-signature.ts";
import { ElectionDefinition } from "#core/election.ts";

/**
 * What is fixed before voting opens: the definition, the key that ballots are sealed to, and the roll. The statement is signed
 * with the key that later signs the certificate, and its SHA-256 is published, so that nothing of it can be changed afterwards.
 */

const Whole = z.number().int().nonnegative();
const Sha256Hex = z.string().regex(/^[0-9a-f]{64}$/);

const Roll = {
  /** Voters on the roll by region. */
  onRoll: z.record(z.string(), Whole),
  /** RFC 6962's Merkle root over the sorted rollLines, in hexadecimal. */
  rollRoot: Sha256Hex,
};

/** The fields of an election that its statement fixes besides its definition. */
export const Stated = z.strictObject({
  statedAt: z.iso.datetime(),
  /** X25519, 32 bytes, base64url: what the envelopes are sealed to. */
  publicKey: z.string(),
  /** Fingerprint of the key that signs this and will sign the certificate. */
  signingKey: z.string(),
  ...Roll,
});

export const OpeningStatement = z.strictObject({
  format: z.literal("scrutin-opening-1"),
  definition: ElectionDefinition,
  ...Stated.shape,
});
export type OpeningStatement = Readonly<z.infer<typeof OpeningStatement>>;

/** `opening.json`. */
export const Opening = z
  .strictObject({ statement: OpeningStatement, signature: CertificateSignature })
  .meta({ id: "Opening" });
export type Opening = Readonly<z.infer<typeof Opening>>;

/** The roll as it is after an import that followed the opening statement. */
export const RollChange = z.strictObject({
  format: z.literal("scrutin-roll-change-1"),
  /** SHA-256 of the opening's file, then of the statement before, in hexadecimal. */
  previous: Sha256Hex,
  statedAt: z.iso.datetime(),
  ...Roll,
});
export type RollChange = Readonly<z.infer<typeof RollChange>>;

/** `roll-changes.json`: a chain after the opening statement, oldest first. */
export const RollChanges = z.array(z.strictObject({ statement: RollChange, signature: CertificateSignature }));
export type RollChanges = z.infer<typeof RollChanges>;

/** A voter as a leaf of the roll's Merkle tree; the hash is keyed with the election's pepper, so the root tells nothing. */
export function rollLine({ hash, regionId }: Readonly<{ hash: string; regionId: string }>): string {
  return `${hash} ${regionId}`;
}

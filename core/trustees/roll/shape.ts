import * as z from "zod/mini";
import { bytesText, PUBLIC_KEY_BYTES, SHA256_BYTES, SIGNATURE_BYTES } from "#core/trustees/ceremony/byte-fields.ts";
import { TrusteeNumber } from "#core/trustees/ceremony/record-shape.ts";

/** The roll of an election at level trustees, as registrar and trustees sign it before the polls open. Read without cryptography. */

const MOST_LETTERS = 100;

export const RollStatement = z.strictObject({
  format: z.literal("scrutin-roll-1"),
  electionId: z.string(),
  /** See ceremonyDigest. */
  ceremony: bytesText(SHA256_BYTES),
  /** Who printed the cards. */
  registrar: z.strictObject({
    name: z.string().check(z.minLength(1), z.maxLength(MOST_LETTERS)),
    signingKey: bytesText(PUBLIC_KEY_BYTES),
  }),
  /** Voter keys by region. */
  onRoll: z.record(z.string(), z.int().check(z.nonnegative())),
  /** The roll's Merkle root, as the opening statement has it (core/opening.ts). */
  rollRoot: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
});
export type RollStatement = Readonly<z.infer<typeof RollStatement>>;

const signature = bytesText(SIGNATURE_BYTES);

/** `roll.json`: by the registrar. */
export const RegistrarRoll = z.strictObject({ statement: RollStatement, signature });
export type RegistrarRoll = Readonly<z.infer<typeof RegistrarRoll>>;

/** `roll-trustee-N.json`: a trustee's signature under the same statement. */
export const TrusteeRoll = z.strictObject({
  format: z.literal("scrutin-roll-trustee-1"),
  trustee: TrusteeNumber,
  signature,
});
export type TrusteeRoll = Readonly<z.infer<typeof TrusteeRoll>>;

/** What the registrar signed, with the trustees' signatures in the order of their numbers. */
export const SignedRoll = z.strictObject({
  statement: RollStatement,
  signature,
  trustees: z.array(z.strictObject({ trustee: TrusteeNumber, signature })),
});
export type SignedRoll = Readonly<z.infer<typeof SignedRoll>>;

import * as z from "zod/mini";
import { toBase64Url } from "#core/bytes.ts";
import { canonicalJson } from "#core/canonical-json.ts";
import type { Verifier } from "#core/trustees/card-key.ts";
import {
  bytesIn,
  bytesText,
  DIGEST_BYTES,
  PUBLIC_KEY_BYTES,
  SIGNATURE_BYTES,
} from "#core/trustees/ceremony/byte-fields.ts";
import { MOST_TRUSTEES, TrusteeNumber } from "#core/trustees/ceremony/record-shape.ts";
import { transcript } from "#core/trustees/transcript.ts";

/**
 * The messages of a ceremony, one of each trustee in each round, signed by its long-term key:
 *
 * 0. the digest of its message of round 1, so that nobody chooses after having seen what others chose;
 * 1. commitments to a polynomial, and a proof that the trustee knows its value at zero (FROST's key generation, round 1);
 * 2. the polynomial's value at each other trustee's number, sealed to that trustee by HPKE (round 2);
 * 3. its signature under the record that follows (record.ts).
 *
 * From round 2 on each holds the digest of all messages of the rounds before: trustees who were shown different ones find out.
 */

const common = {
  format: z.literal("scrutin-ceremony-message-1"),
  /** Of the proposal. */
  ceremony: bytesText(DIGEST_BYTES),
  trustee: TrusteeNumber,
  signature: bytesText(SIGNATURE_BYTES),
};
/** Of the messages of all rounds before. */
const previous = bytesText(DIGEST_BYTES);

const SHARE_BYTES = 32;
const TAG_BYTES = 16;

const SealedShare = z.strictObject({
  encapsulatedKey: bytesText(PUBLIC_KEY_BYTES),
  ciphertext: bytesText(SHARE_BYTES + TAG_BYTES),
});
export type SealedShare = Readonly<z.infer<typeof SealedShare>>;

export const Round0 = z.strictObject({ ...common, round: z.literal(0), commitment: bytesText(DIGEST_BYTES) });
export const Round1 = z.strictObject({
  ...common,
  round: z.literal(1),
  commitments: z.array(bytesText(PUBLIC_KEY_BYTES)).check(z.maxLength(MOST_TRUSTEES)),
  proof: bytesText(SIGNATURE_BYTES),
});
export const Round2 = z.strictObject({
  ...common,
  round: z.literal(2),
  previous,
  /** For each trustee in order; null for the sender. */
  shares: z.array(z.nullable(SealedShare)).check(z.maxLength(MOST_TRUSTEES)),
});
export const Round3 = z.strictObject({
  ...common,
  round: z.literal(3),
  previous,
  recordSignature: bytesText(SIGNATURE_BYTES),
});

export const Message = z.discriminatedUnion("round", [Round0, Round1, Round2, Round3]);
export type Message = Readonly<z.infer<typeof Message>>;
export type Round = Message["round"];
export type MessageOf<Of extends Round> = Extract<Message, { round: Of }>;
export const ROUNDS = [0, 1, 2, 3] as const;

/** A message to be signed. */
type Unsigned<Of extends Message> = Omit<Of, "signature">;

const signedBytes = (unsigned: object): Uint8Array =>
  transcript("scrutin/v2/ceremony-signature", canonicalJson(unsigned));

export function signMessage<Of extends Message>(
  sign: (bytes: Uint8Array) => Uint8Array,
  unsigned: Unsigned<Of>,
): Unsigned<Of> & Readonly<{ signature: string }> {
  return { ...unsigned, signature: toBase64Url(sign(signedBytes(unsigned))) };
}

export function isSignedMessage(verify: Verifier, signingKey: string, { signature, ...unsigned }: Message): boolean {
  return verify(bytesIn(signingKey), signedBytes(unsigned), bytesIn(signature));
}

/** What round 0 holds of round 1. */
export const messageDigest = (message: Message): Uint8Array =>
  transcript("scrutin/v2/ceremony-message", canonicalJson(message));

/** Of all messages of some rounds, in the order of rounds and trustees. */
export const messagesDigest = (messages: readonly Message[]): Uint8Array =>
  transcript("scrutin/v2/ceremony-messages", messages.map(messageDigest));

import * as z from "zod/mini";
import {
  bytesText,
  DIGEST_BYTES,
  PUBLIC_KEY_BYTES,
  SHA256_BYTES,
  SIGNATURE_BYTES,
} from "#core/trustees/ceremony/byte-fields.ts";

/** What a ceremony leaves, signed by every trustee: `ceremony.json`. Read without cryptography, which is in record.ts. */

/** The threshold is 2 at least: one who opens alone needs no ceremony. */
export const FEWEST_TO_OPEN = 2;
export const MOST_TRUSTEES = 20;
/** Trustee 1 is the first. */
export const TrusteeNumber = z.int().check(z.minimum(1), z.maximum(MOST_TRUSTEES));

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

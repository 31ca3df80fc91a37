import * as z from "zod/mini";
import { CertificateSignature } from "#core/certificate-signature.ts";
import { bytesText } from "#core/trustees/ceremony/byte-fields.ts";

/**
 * `box.json`: what is in the box, signed with the election's key as its opening statement is. Whoever mixes, opens or verifies
 * begins here: its SHA-256 stands in all that follows.
 */

const Whole = z.int().check(z.nonnegative());
export const Sha256Hex = z.string().check(z.regex(/^[0-9a-f]{64}$/));
/** See ceremonyDigest. */
export const CeremonyDigest = bytesText(32);

/** Why a stored ballot is not in the box. Somebody wrote it to the table: `submit` hands on none of these. */
export const SET_ASIDE_WHYS = [
  /** `submit` did not receive it as it is. */
  "unstamped",
  /** Its bytes are no ballot's, or its tracking code is another's. */
  "malformed",
  /** Its key is not on the signed roll, or there in another region. */
  "not-on-roll",
  /** Another ballot under the same key was cast before. */
  "repeated-key",
  /** Its voter key did not sign it. */
  "unsigned",
  /** Whoever made it does not know what it is made of, or made it for something else. */
  "unproved",
] as const;

const SetAsideBallot = z.strictObject({
  trackingCode: z.string(),
  regionId: z.string(),
  why: z.enum(SET_ASIDE_WHYS),
});
export type SetAsideBallot = Readonly<z.infer<typeof SetAsideBallot>>;

export const BoxStatement = z.strictObject({
  format: z.literal("scrutin-box-1"),
  electionId: z.string(),
  ceremony: CeremonyDigest,
  /** SHA-256 of `opening.json`, in hexadecimal. */
  opening: Sha256Hex,
  /** The Merkle root of the signed roll, in hexadecimal. */
  rollRoot: Sha256Hex,
  /** When voting closed, after all changes. */
  closesAt: z.string(),
  /** Of each region, those without any included. */
  ballots: z.record(z.string(), Whole),
  /** RFC 6962's over the lines of `box.jsonl`, in hexadecimal. */
  merkleRoot: Sha256Hex,
  /** By tracking code. */
  setAside: z.array(SetAsideBallot),
});
export type BoxStatement = Readonly<z.infer<typeof BoxStatement>>;

export const BoxFile = z.strictObject({ statement: BoxStatement, signature: CertificateSignature });
export type BoxFile = Readonly<z.infer<typeof BoxFile>>;

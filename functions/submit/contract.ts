import * as z from "zod";
import { TRACKING_CODE_PATTERN } from "#core/tracking-code.ts";

export {
  ElectionVoteRequest,
  Envelope,
  LawVoteRequest,
  MAX_BODY_BYTES,
  OneTimeKey,
  Signature,
  SignedBody,
  SignedElectionVoteRequest,
  SignedLawVoteRequest,
  SignInFields,
  TypedCredential,
  Vote,
  VoterKey,
} from "#functions/submit/requests.ts";

/** The answer to whoever cast a ballot. */
export const VoteReceipt = z
  .object({
    request_id: z.string().meta({ description: "Opaque; ask `GET /api/v1/votes/{request_id}` for the outcome" }),
    tracking_code: z.string().meta({
      description: "First 20 characters of the base32 SHA-256 of the one-time key and the envelope, as bytes",
      pattern: TRACKING_CODE_PATTERN,
      example: "MFRGGZDFMZTWQ2LKNNWG",
    }),
    status: z.literal("queued"),
    message: z.string(),
    accepted: z
      .object({
        minute: z.iso.datetime().meta({ description: "When the ballot was received, to the minute" }),
        signature: z.string().meta({
          description:
            "Ed25519, base64url, over SHA-512 of `scrutin/v2/accepted`, election, tracking code and minute, each with its length before it as 8 bytes",
        }),
        public_key: z.string().meta({ description: "As the opening statement has it: `acknowledgementKey`" }),
      })
      .optional()
      .meta({
        description:
          "Where trustees open the ballots: the office’s signature that it received this one. Whoever keeps it can show that a ballot is missing from the box",
      }),
  })
  .meta({ id: "VoteReceipt" });
export type VoteReceipt = Readonly<z.infer<typeof VoteReceipt>>;

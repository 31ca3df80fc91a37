import * as z from "zod";
import { TRACKING_CODE_PATTERN } from "#core/tracking-code.ts";

export {
  ElectionVoteRequest,
  Envelope,
  LawVoteRequest,
  MAX_BODY_BYTES,
  OneTimeKey,
  Signature,
  SignInFields,
  TypedCredential,
  Vote,
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
  })
  .meta({ id: "VoteReceipt" });
export type VoteReceipt = Readonly<z.infer<typeof VoteReceipt>>;

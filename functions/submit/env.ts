import * as z from "zod/mini";
import { commonEnvironment } from "#functions/runtime/environment.ts";

/** Variables of the `submit` function. */
export const SubmitEnv = z.object({
  ...commonEnvironment,
  ELECTIONS_TABLE: z.string().check(z.minLength(1)),
  VOTES_QUEUE_URL: z.url(),
  /** Secrets Manager name prefixes; the election's id follows. */
  PEPPER_SECRET_PREFIX: z.string().check(z.minLength(1)),
  STAMP_KEY_SECRET_PREFIX: z.string().check(z.minLength(1)),
  RECEIPT_KEY_SECRET_PREFIX: z.string().check(z.minLength(1)),
  ACKNOWLEDGEMENT_KEY_SECRET_PREFIX: z.string().check(z.minLength(1)),
  /** Whom definitions may name to sign voters in, separated by spaces: keys are asked for nowhere else. */
  VOTER_ISSUERS: z.string(),
  GUESSES_TABLE: z.string().check(z.minLength(1)),
  /** Header in which CloudFront gives the viewer's address; empty where the API can be reached without CloudFront. */
  VIEWER_ADDRESS_HEADER: z.string(),
});
export type SubmitEnv = Readonly<z.infer<typeof SubmitEnv>>;

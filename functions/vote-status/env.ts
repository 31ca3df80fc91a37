import * as z from "zod/mini";
import { commonEnvironment } from "#functions/runtime/environment.ts";

/** Variables of the `vote-status` function. */
export const VoteStatusEnv = z.object({
  ...commonEnvironment,
  ELECTIONS_TABLE: z.string().check(z.minLength(1)),
  VOTES_TABLE: z.string().check(z.minLength(1)),
  REJECTED_ATTEMPTS_TABLE: z.string().check(z.minLength(1)),
  /** The election's id follows. */
  RECEIPT_KEY_SECRET_PREFIX: z.string().check(z.minLength(1)),
});
export type VoteStatusEnv = Readonly<z.infer<typeof VoteStatusEnv>>;

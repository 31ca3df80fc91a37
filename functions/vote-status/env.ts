import * as z from "zod";
import { commonEnvironment } from "#functions/runtime/environment.ts";

/** Variables of the `vote-status` function. */
export const VoteStatusEnv = z.object({
  ...commonEnvironment,
  VOTES_TABLE: z.string().min(1),
  REJECTED_ATTEMPTS_TABLE: z.string().min(1),
  RECEIPT_SECRET_NAME: z.string().min(1),
});
export type VoteStatusEnv = Readonly<z.infer<typeof VoteStatusEnv>>;

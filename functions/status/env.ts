import * as z from "zod";
import { commonEnvironment } from "#functions/shared/environment.ts";

/** Variables of the `status` function. */
export const StatusEnv = z.object({
  ...commonEnvironment,
  VOTES_TABLE: z.string().min(1),
  REVIEW_TABLE: z.string().min(1),
  RECEIPT_SECRET_NAME: z.string().min(1),
});
export type StatusEnv = Readonly<z.infer<typeof StatusEnv>>;

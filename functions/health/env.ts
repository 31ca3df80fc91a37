import * as z from "zod";
import { commonEnvironment } from "#functions/shared/environment.ts";

/** Variables of the `health` function. */
export const HealthEnv = z.object({
  ...commonEnvironment,
  ELECTIONS_TABLE: z.string().min(1),
  ROLL_TABLE: z.string().min(1),
  VOTES_TABLE: z.string().min(1),
  TALLIES_TABLE: z.string().min(1),
  BOARD_TABLE: z.string().min(1),
  REVIEW_TABLE: z.string().min(1),
  VOTES_QUEUE_URL: z.url(),
  DEAD_LETTER_QUEUE_URL: z.url(),
});
export type HealthEnv = Readonly<z.infer<typeof HealthEnv>>;

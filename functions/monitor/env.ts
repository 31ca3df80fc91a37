import * as z from "zod";
import { commonEnvironment } from "#functions/shared/environment.ts";

/** Variables of the `monitor` function. */
export const MonitorEnv = z.object({
  ...commonEnvironment,
  ELECTIONS_TABLE: z.string().min(1),
  ROLL_TABLE: z.string().min(1),
  VOTES_TABLE: z.string().min(1),
  TALLIES_TABLE: z.string().min(1),
  REVIEW_TABLE: z.string().min(1),
  BOARD_TABLE: z.string().min(1),
  VOTES_QUEUE_URL: z.url(),
  VOTES_QUEUE_NAME: z.string().min(1),
  DEAD_LETTER_QUEUE_URL: z.url(),
  /** Whose IteratorAge tells how far counting is behind. */
  TALLY_FUNCTION_NAME: z.string().min(1),
});
export type MonitorEnv = Readonly<z.infer<typeof MonitorEnv>>;

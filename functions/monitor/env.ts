import * as z from "zod";
import { commonEnvironment } from "#functions/shared/environment.ts";
import { partsEnvironment } from "#functions/shared/voting-parts.ts";

/** Variables of the `monitor` function. */
export const MonitorEnv = z.object({
  ...commonEnvironment,
  ...partsEnvironment,
  VOTES_QUEUE_NAME: z.string().min(1),
  /** Whose IteratorAge tells how far counting is behind. */
  TALLY_FUNCTION_NAME: z.string().min(1),
});
export type MonitorEnv = Readonly<z.infer<typeof MonitorEnv>>;

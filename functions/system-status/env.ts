import * as z from "zod/mini";
import { commonEnvironment } from "#functions/runtime/environment.ts";
import { partsEnvironment } from "#functions/runtime/voting-parts.ts";

/** Variables of the `system-status` function. */
export const SystemStatusEnv = z.object({
  ...commonEnvironment,
  ...partsEnvironment,
  PUBLISHED_TABLE: z.string().check(z.minLength(1)),
  VOTES_QUEUE_NAME: z.string().check(z.minLength(1)),
  /** Its IteratorAge says how far counting is behind. */
  TALLY_FUNCTION_NAME: z.string().check(z.minLength(1)),
});
export type SystemStatusEnv = Readonly<z.infer<typeof SystemStatusEnv>>;

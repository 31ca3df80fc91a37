import * as z from "zod/mini";
import { commonEnvironment } from "#functions/runtime/environment.ts";
import { partsEnvironment } from "#functions/runtime/voting-parts.ts";

/** Variables of the `health` function. */
export const HealthEnv = z.object({
  ...commonEnvironment,
  ...partsEnvironment,
});
export type HealthEnv = Readonly<z.infer<typeof HealthEnv>>;

import * as z from "zod/mini";
import { commonEnvironment } from "#functions/runtime/environment.ts";

/** Variables of the `validate` function. */
export const ValidateEnv = z.object({
  ...commonEnvironment,
  ROLL_TABLE: z.string().check(z.minLength(1)),
  VOTES_TABLE: z.string().check(z.minLength(1)),
  REJECTED_ATTEMPTS_TABLE: z.string().check(z.minLength(1)),
  GUESSES_TABLE: z.string().check(z.minLength(1)),
});
export type ValidateEnv = Readonly<z.infer<typeof ValidateEnv>>;

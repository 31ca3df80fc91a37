import * as z from "zod/mini";
import { commonEnvironment } from "#functions/runtime/environment.ts";

/** Variables of the `state-opening` function. */
export const StateOpeningEnv = z.object({
  ...commonEnvironment,
  ELECTIONS_TABLE: z.string().check(z.minLength(1)),
  ROLL_TABLE: z.string().check(z.minLength(1)),
  /** Precedes `/signing-key/<electionId>` in the names of secrets. */
  SECRET_PREFIX: z.string().check(z.minLength(1)),
});
export type StateOpeningEnv = Readonly<z.infer<typeof StateOpeningEnv>>;

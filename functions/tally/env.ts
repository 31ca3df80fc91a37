import * as z from "zod/mini";
import { commonEnvironment } from "#functions/runtime/environment.ts";

/** Variables of the `tally` function. */
export const TallyEnv = z.object({
  ...commonEnvironment,
  ELECTIONS_TABLE: z.string().check(z.minLength(1)),
  TALLIES_TABLE: z.string().check(z.minLength(1)),
  BOARD_TABLE: z.string().check(z.minLength(1)),
  /** Secrets Manager name prefixes; the election's id follows. */
  BALLOT_KEY_SECRET_PREFIX: z.string().check(z.minLength(1)),
  STAMP_KEY_SECRET_PREFIX: z.string().check(z.minLength(1)),
});
export type TallyEnv = Readonly<z.infer<typeof TallyEnv>>;

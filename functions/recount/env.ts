import * as z from "zod/mini";
import { commonEnvironment } from "#functions/runtime/environment.ts";

/** Variables of the `recount` function. */
export const RecountEnv = z.object({
  ...commonEnvironment,
  ELECTIONS_TABLE: z.string().check(z.minLength(1)),
  VOTES_TABLE: z.string().check(z.minLength(1)),
  TALLIES_TABLE: z.string().check(z.minLength(1)),
  /** Secrets Manager name prefixes; the election's id follows. */
  BALLOT_KEY_SECRET_PREFIX: z.string().check(z.minLength(1)),
  STAMP_KEY_SECRET_PREFIX: z.string().check(z.minLength(1)),
  /** How long the tallies must stay unchanged before a ballot that they lack is missing, in seconds. */
  STILL_SECONDS: z.coerce.number().check(z.int(), z.gte(1)),
});
export type RecountEnv = Readonly<Record<keyof z.infer<typeof RecountEnv>, string>>;

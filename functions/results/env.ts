import * as z from "zod/mini";
import { commonEnvironment } from "#functions/runtime/environment.ts";

/** Variables of the `results` function. */
export const ResultsEnv = z.object({
  ...commonEnvironment,
  ELECTIONS_TABLE: z.string().check(z.minLength(1)),
  TALLIES_TABLE: z.string().check(z.minLength(1)),
  PUBLISHED_TABLE: z.string().check(z.minLength(1)),
  VOTES_TABLE: z.string().check(z.minLength(1)),
  /** The election's id follows. */
  RECEIPT_KEY_SECRET_PREFIX: z.string().check(z.minLength(1)),
});
export type ResultsEnv = Readonly<z.infer<typeof ResultsEnv>>;

import * as z from "zod/mini";
import { commonEnvironment } from "#functions/runtime/environment.ts";

/** Variables of the `apply-elections` function. */
export const ApplyElectionsEnv = z.object({
  ...commonEnvironment,
  ELECTIONS_TABLE: z.string().check(z.minLength(1)),
  BIOGRAPHIES_TABLE: z.string().check(z.minLength(1)),
  /** Precedes `/pepper/<electionId>` and `/ballot-key/<electionId>`. */
  SECRET_PREFIX: z.string().check(z.minLength(1)),
  /** As `submit` has them (functions/submit/env.ts). */
  VOTER_ISSUERS: z.string(),
});
export type ApplyElectionsEnv = Readonly<z.infer<typeof ApplyElectionsEnv>>;

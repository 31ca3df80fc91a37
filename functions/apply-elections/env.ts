import * as z from "zod";
import { commonEnvironment } from "#functions/runtime/environment.ts";

/** Variables of the `apply-elections` function. */
export const ApplyElectionsEnv = z.object({
  ...commonEnvironment,
  ELECTIONS_TABLE: z.string().min(1),
  /** Precedes `/pepper/<electionId>` and `/ballot-key/<electionId>`. */
  SECRET_PREFIX: z.string().min(1),
});
export type ApplyElectionsEnv = Readonly<z.infer<typeof ApplyElectionsEnv>>;

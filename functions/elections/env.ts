import * as z from "zod/mini";
import { commonEnvironment } from "#functions/runtime/environment.ts";

/** Variables of the `elections` function. */
export const ElectionsEnv = z.object({
  ...commonEnvironment,
  ELECTIONS_TABLE: z.string().check(z.minLength(1)),
  BIOGRAPHIES_TABLE: z.string().check(z.minLength(1)),
});
export type ElectionsEnv = Readonly<z.infer<typeof ElectionsEnv>>;

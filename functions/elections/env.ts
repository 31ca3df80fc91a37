import * as z from "zod";
import { commonEnvironment } from "#functions/runtime/environment.ts";

/** Variables of the `elections` function. */
export const ElectionsEnv = z.object({
  ...commonEnvironment,
  ELECTIONS_TABLE: z.string().min(1),
});
export type ElectionsEnv = Readonly<z.infer<typeof ElectionsEnv>>;

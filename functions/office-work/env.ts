import * as z from "zod/mini";
import { commonEnvironment } from "#functions/runtime/environment.ts";
import { connectionEnvironment } from "#functions/runtime/office/env.ts";

/** Variables of the `office-work` function. */
export const OfficeWorkEnv = z.object({
  ...commonEnvironment,
  ...connectionEnvironment,
  OFFICE_TABLE: z.string().check(z.minLength(1)),
});
export type OfficeWorkEnv = Readonly<z.infer<typeof OfficeWorkEnv>>;

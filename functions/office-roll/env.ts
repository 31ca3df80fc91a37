import * as z from "zod/mini";
import { connectionEnvironment, officeEnvironment } from "#functions/runtime/office/env.ts";

/** Variables of the `office-roll` function. */
export const OfficeRollEnv = z.object({ ...officeEnvironment, ...connectionEnvironment });
export type OfficeRollEnv = Readonly<z.infer<typeof OfficeRollEnv>>;

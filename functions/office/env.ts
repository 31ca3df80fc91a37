import * as z from "zod/mini";
import { connectionEnvironment, officeEnvironment } from "#functions/runtime/office/env.ts";

/** Variables of the `office` function. */
export const OfficeEnv = z.object({ ...officeEnvironment, ...connectionEnvironment, OFFICE_WORK_QUEUE_URL: z.url() });
export type OfficeEnv = Readonly<z.infer<typeof OfficeEnv>>;

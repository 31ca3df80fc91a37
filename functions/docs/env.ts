import * as z from "zod/mini";
import { commonEnvironment } from "#functions/runtime/environment.ts";

/** Variables of the `docs` function. */
export const DocsEnv = z.object(commonEnvironment);
export type DocsEnv = Readonly<z.infer<typeof DocsEnv>>;

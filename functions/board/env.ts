import * as z from "zod";
import { commonEnvironment } from "#functions/runtime/environment.ts";

/** Variables of the `board` function. */
export const BoardEnv = z.object({
  ...commonEnvironment,
  ELECTIONS_TABLE: z.string().min(1),
  BOARD_TABLE: z.string().min(1),
});
export type BoardEnv = Readonly<z.infer<typeof BoardEnv>>;

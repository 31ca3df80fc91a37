import * as z from "zod/mini";
import { commonEnvironment } from "#functions/runtime/environment.ts";

/** Variables of the `embed` function. */
export const EmbedEnv = z.object({
  ...commonEnvironment,
  ELECTIONS_TABLE: z.string().check(z.minLength(1)),
  TALLIES_TABLE: z.string().check(z.minLength(1)),
  PUBLISHED_TABLE: z.string().check(z.minLength(1)),
  /** Such as `https://vote.example.org`, or `none` without a domain: the picture's address is relative then. */
  SITE_ADDRESS: z.string().check(z.minLength(1)),
});
export type EmbedEnv = Readonly<z.infer<typeof EmbedEnv>>;

import * as z from "zod/mini";

/** What the schedule asks of `recount`: to compare the tallies with the ballot box, or only to report which votes are open, and which should be. */
export const RecountTask = z.object({ task: z.enum(["recount", "tell-open"]) });
export type RecountTask = Readonly<z.infer<typeof RecountTask>>;

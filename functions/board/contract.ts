import * as z from "zod";

/**
 * What the public board answers: which ballots are in the box, by tracking code. It is asked by the first characters of a
 * code and answers every code that begins with them, so that nobody who serves or watches the question learns whose ballot
 * it was about.
 */

/** Characters of a tracking code that are asked by: one in 32,768 codes begins alike. */
export const BOARD_PREFIX_LENGTH = 3;

export const Board = z
  .object({
    election_id: z.string(),
    prefix: z.string().length(BOARD_PREFIX_LENGTH),
    tracking_codes: z.array(z.string()).meta({ description: "Every ballot in the box whose code begins so, in order" }),
    updated_at: z.iso.datetime().meta({ description: "When the board was read" }),
  })
  .meta({ id: "Board" });
export type Board = Readonly<z.infer<typeof Board>>;

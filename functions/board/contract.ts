import * as z from "zod";
import { TRACKING_CODE_PATTERN, TYPED_TRACKING_CODE_PATTERN } from "#core/tracking-code.ts";

/**
 * The public board says whether a ballot is in the box, by its tracking code.
 *
 * It never lists codes: whoever watched them appear could tell when each ballot was cast, and find a neighbour's once the box
 * is published. The code is in the body of a POST, since in a path it would end up in logs, next to a network address.
 */
export const BoardQuestion = z
  .strictObject({
    tracking_code: z.string().max(60).meta({
      description:
        "In any grouping and case, such as `ABCDE FGHIJ KLMNO PQRST`; 0, 1 and 8 are read as the letters they look like",
      pattern: TYPED_TRACKING_CODE_PATTERN,
    }),
  })
  .meta({ id: "BoardQuestion" });

export const BoardAnswer = z
  .object({
    tracking_code: z
      .string()
      .meta({ description: "As it was understood: 20 characters, upper case", pattern: TRACKING_CODE_PATTERN }),
    status: z.enum(["in_the_box", "not_found"]),
    election_id: z
      .string()
      .nullable()
      .meta({ description: "The election in whose box it is; null when it is in none" }),
    updated_at: z.iso.datetime().meta({ description: "When the board was read" }),
  })
  .meta({ id: "BoardAnswer" });
export type BoardAnswer = Readonly<z.infer<typeof BoardAnswer>>;

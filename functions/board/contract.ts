import * as z from "zod/mini";
import { TRACKING_CODE_PATTERN, TYPED_TRACKING_CODE_PATTERN } from "#core/tracking-code.ts";

/**
 * The public board says whether a ballot is in the box, by its tracking code.
 *
 * It never lists codes: whoever watched them appear could tell when each ballot was cast, and find a neighbour's once the box
 * is published. The code is in the body of a POST, since in a path it would end up in logs, next to a network address.
 */
export const BoardQuestion = z
  .strictObject({
    tracking_code: z.string().check(
      z.maxLength(60),
      z.meta({
        description:
          "In any grouping and case, such as `ABCDE FGHIJ KLMNO PQRST`; 0, 1 and 8 are read as the letters they look like",
        pattern: TYPED_TRACKING_CODE_PATTERN,
      }),
    ),
  })
  .check(z.meta({ id: "BoardQuestion" }));

export const BoardAnswer = z
  .object({
    tracking_code: z
      .string()
      .check(
        z.meta({ description: "As it was understood: 20 characters, upper case", pattern: TRACKING_CODE_PATTERN }),
      ),
    status: z.enum(["in_the_box", "not_found"]),
    election_id: z
      .nullable(z.string())
      .check(z.meta({ description: "The election in whose box it is; null when it is in none" })),
    updated_at: z.iso.datetime().check(z.meta({ description: "When the board was read" })),
  })
  .check(z.meta({ id: "BoardAnswer" }));
export type BoardAnswer = Readonly<z.infer<typeof BoardAnswer>>;

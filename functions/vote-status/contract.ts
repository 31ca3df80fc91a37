import * as z from "zod";
import { STRIKES } from "#core/strike.ts";
import { TRACKING_CODE_PATTERN } from "#core/tracking-code.ts";

/** `GET /api/v1/votes/{request_id}`: the status of one attempt to vote. */

export const InvalidReason = z.enum(["unknown-credentials", "wrong-region", ...STRIKES]).meta({
  id: "InvalidReason",
  description:
    "The credentials are not on the roll, or on that of another region; or the code was on the roll and is so no longer: its voter got a new one (`reissued`; `moved`, for another region), was taken off the roll (`removed`), or voted on paper or by mail (`voted-elsewhere`)",
});

export const VoteStatus = z
  .object({
    status: z.enum(["queued", "accepted", "duplicate", "invalid"]),
    tracking_code: z.string().meta({ pattern: TRACKING_CODE_PATTERN }),
    attempt_count: z
      .number()
      .int()
      .min(2)
      .optional()
      .meta({ description: "Ballots received from this voter, the first one included; with `duplicate`" }),
    received_at: z.iso
      .datetime()
      .optional()
      .meta({ description: "When the ballot was received, to the minute; with `accepted`" }),
    reason: InvalidReason.optional(),
    since: z.iso
      .datetime()
      .optional()
      .meta({ description: "When the code was struck off; with `reissued`, `removed`, `moved` and `voted-elsewhere`" }),
    cancelled_at: z.iso.datetime({ offset: true }).optional().meta({
      description: "When the vote was cancelled: a ballot that was received stays sealed, and is not counted",
    }),
    message: z.string(),
  })
  .meta({ id: "VoteStatus" });
export type VoteStatus = Readonly<z.infer<typeof VoteStatus>>;

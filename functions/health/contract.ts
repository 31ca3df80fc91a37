import * as z from "zod";

/** `GET /api/v1/health`: whether each part that a vote needs is up. 200 when all are, 503 otherwise. */
export const Health = z
  .object({
    status: z.enum(["ok", "failing"]),
    checks: z.record(
      z.string(),
      z.object({ status: z.enum(["ok", "failing"]), latency_ms: z.number().int().nonnegative() }),
    ),
    checked_at: z.iso.datetime(),
  })
  .meta({ id: "Health" });
export type Health = Readonly<z.infer<typeof Health>>;

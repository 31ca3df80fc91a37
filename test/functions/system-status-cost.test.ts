import type { Context } from "aws-lambda";
import { expect, test } from "vitest";
import type { HttpEvent } from "#functions/runtime/http.ts";
import { createSystemStatusHandler } from "#functions/system-status/handler.ts";
import { law } from "#test/definitions.ts";
import { answeringSystem } from "#test/functions/answering-system.ts";

/** CloudWatch bills each metric of each question: 0.01 US$ for a thousand. */
const PRICE_OF_A_METRIC = 0.01 / 1000;

test("a day's watching by everybody costs at most 65 cents for an election and an instance", async () => {
  let nowMs = Date.parse("2026-06-01T12:00:00Z");
  let asked = 0;
  const now = (): number => nowMs;
  const open = law({ opensAt: "2026-06-01T08:00:00Z", closesAt: "2026-06-02T20:00:00Z" });
  const election = { definition: open, rollCounts: {}, publicKey: "" } as never;
  const handler = createSystemStatusHandler({
    elections: { list: async () => [election] },
    tallies: { ofElection: async () => Promise.reject(new Error("not asked")) },
    published: { find: async () => Promise.reject(new Error("not known")) },
    measurements: {
      read: async (metrics) => {
        asked += metrics.length;
        return metrics.map(() => []);
      },
    },
    ...answeringSystem(now),
  });
  const minutes = 10;
  for (const endMs = nowMs + minutes * 60_000; nowMs < endMs; nowMs += 1_000)
    await handler({} as HttpEvent, {} as Context);
  const perDay = (asked / minutes) * 60 * 24 * PRICE_OF_A_METRIC;
  expect(perDay).toBeGreaterThan(0);
  expect(perDay).toBeLessThanOrEqual(0.65);
});

import { afterAll, beforeAll, expect, test } from "vitest";
import { MAX_ATTEMPTS_LISTED } from "#storage/rejected-attempts-table.ts";
import { openPolls, type Polls } from "#test/functions/polls.ts";

let polls: Polls;
beforeAll(async () => {
  polls = await openPolls();
});
afterAll(() => polls?.close());

const HASH = "h".repeat(43);
const attempt = (number: number) => ({
  hash: HASH,
  electionId: "1",
  trackingCode: String(number).padStart(20, "A"),
  castAt: "2026-11-03T14:00:00.000Z",
  outcome: "unknown-credentials" as const,
});

test("a flood of attempts with one hash is recorded to the last, a thousand of them by tracking code", async () => {
  const told: string[] = [];
  for (let from = 0; from < MAX_ATTEMPTS_LISTED + 40; from += 40) {
    const batch = Array.from({ length: 40 }, (_, index) => polls.rejectedAttempts.record(attempt(from + index)));
    told.push(...(await Promise.all(batch)));
  }
  const [row] = await polls.rejectedAttempts.rowsOf("1", HASH);
  expect(row?.trackingCodes.size).toBe(MAX_ATTEMPTS_LISTED);
  expect(told.filter((occurrence) => occurrence === "first")).toHaveLength(1);
});

import { expect, test } from "vitest";
import type { Answer } from "#web/api.ts";
import { askWhileBusy } from "#web/busy.ts";

/** Asks a service that gives these answers in turn, and records how long was waited before each further question. */
async function askAgainst(...answers: readonly Answer<string>[]) {
  const pauses: number[] = [];
  const left = [...answers];
  const answer = await askWhileBusy(
    async () => left.shift() ?? { kind: "unreachable" },
    async (ms) => pauses.push(ms),
  );
  return { answer, pauses };
}

const BUSY = { kind: "busy", retryAfterMs: undefined } as const;
const OK = { kind: "ok", body: "counted" } as const;

test("a service that is busy for a moment is asked again, no sooner than it asks", async () => {
  const { answer, pauses } = await askAgainst(BUSY, { kind: "busy", retryAfterMs: 9_000 }, OK);
  expect(answer).toBe(OK);
  expect(pauses).toEqual([1_000, 9_000]);
});

test("one that stays busy is given up, so that the page can say so", async () => {
  const { answer, pauses } = await askAgainst(BUSY, BUSY, BUSY, BUSY, OK);
  expect(answer).toBe(BUSY);
  expect(pauses).toEqual([1_000, 2_000, 4_000]);
});

test.each([
  OK,
  { kind: "unreachable" },
  { kind: "challenged" },
  { kind: "refused", problem: { type: "", title: "", detail: "", status: 404, errors: [] } },
] satisfies Answer<string>[])("$kind is an answer", async (given) => {
  const { answer, pauses } = await askAgainst(given, OK);
  expect(answer).toBe(given);
  expect(pauses).toEqual([]);
});

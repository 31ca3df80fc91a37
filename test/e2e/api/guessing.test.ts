import { expect, test } from "vitest";
import { VoteReceipt } from "#functions/submit/contract.ts";
import { outcomeOf, post, refusal } from "#test/e2e/api.ts";
import { voter } from "#test/e2e/voters.ts";

/** Somebody guesses a demo voter's code, and then the voter votes. */

const VICTIM = voter(120);
const NEIGHBOUR = voter(121);
const guess = (number: number): string => `QX${String(number).padStart(4, "0")}`;
const vote = (nas: string, code: string) => post("/api/v1/vote", { nas, code, law_id: "L2025-001", vote: "oui" });
/** A vote may be held back for 15 s, or 30 when the guesses before it were decided sooner. */
const HELD_BACK_MS = 45_000;

test("guessing a code is slowed; the voter's own ballot is received amid the guesses and counted", async () => {
  for (let number = 0; number < 5; number++) {
    expect((await vote(VICTIM.nas, guess(number))).status).toBe(202);
  }
  const receivedAtMs = Date.now();
  const answer = await vote(VICTIM.nas, VICTIM.code);
  expect(answer.status).toBe(202);
  const receipt = VoteReceipt.parse(await answer.json());

  // The five guesses and the voter's own attempt were free; any more are told to wait.
  const further: Response[] = [];
  for (let round = 1; round <= 5; round++) {
    const guesses = Array.from({ length: 8 }, (_, number) => vote(VICTIM.nas, guess(100 * round + number)));
    further.push(...(await Promise.all(guesses)));
  }
  const slowed = further.filter(({ status }) => status === 429);
  expect(slowed.length).toBeGreaterThan(0);
  for (const response of slowed) {
    const seconds = Number(response.headers.get("retry-after"));
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThanOrEqual(60);
    expect((await refusal(response)).type).toBe("/api/v1/docs#too-many-guesses");
  }

  const neighbour = await vote(NEIGHBOUR.nas, NEIGHBOUR.code);
  expect(neighbour.status).toBe(202);
  expect((await outcomeOf(VoteReceipt.parse(await neighbour.json()))).status).toBe("accepted");

  expect((await outcomeOf(receipt, HELD_BACK_MS)).status).toBe("accepted");
  expect(Date.now() - receivedAtMs).toBeLessThan(HELD_BACK_MS);
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  ADDRESS_PACE_MS,
  decisionDelaySeconds,
  FREE_GUESSES_AT_IDENTITY,
  FREE_GUESSES_FROM_ADDRESS,
  GUESSING_WINDOW_MS,
  guessingWindow,
  guessingWindowEndsMs,
  IDENTITY_PACE_MS,
  isNewsworthy,
  limitsOf,
  MOST_DELAY_SECONDS,
} from "#core/guessing.ts";

const guesses = fc.nat({ max: 100_000 });
const known = fc.record({ atIdentity: guesses, fromAddress: guesses, admittedFromAddress: guesses });

describe("a wrong code", () => {
  test("costs nothing the first four times, then 15 s, 30 s, one, two, four, eight and fifteen minutes", () => {
    const delays = Array.from({ length: 14 }, (_, wrong) => decisionDelaySeconds(wrong));
    expect(delays).toEqual([0, 0, 0, 0, 0, 15, 30, 60, 120, 240, 480, 900, 900, 900]);
  });

  test("never makes the next one cheaper, and never holds a ballot back for more than a quarter of an hour", () => {
    fc.assert(
      fc.property(guesses, (wrong) => {
        const [now, next] = [decisionDelaySeconds(wrong), decisionDelaySeconds(wrong + 1)];
        expect(next).toBeGreaterThanOrEqual(now);
        expect(next).toBeLessThanOrEqual(MOST_DELAY_SECONDS);
        expect(Number.isInteger(now)).toBe(true);
      }),
    );
  });

  test("for one number slows nobody with another number and another address", () => {
    fc.assert(
      fc.property(known, ({ admittedFromAddress }) => {
        const limits = limitsOf({ atIdentity: 0, fromAddress: 0, admittedFromAddress });
        expect(limits).toEqual({ delaySeconds: 0, identityPaceMs: 0, addressPaceMs: 0 });
      }),
    );
  });
});

describe("a slowed attempt", () => {
  test("is never asked to wait more than a minute before trying again", () => {
    fc.assert(
      fc.property(known, (attempt) => {
        const { identityPaceMs, addressPaceMs } = limitsOf(attempt);
        expect(Math.max(identityPaceMs, addressPaceMs)).toBeLessThanOrEqual(60_000);
      }),
    );
  });

  test("is slowed by the address from which a number's code is guessed, not by the number", () => {
    const fresh = { fromAddress: 0, admittedFromAddress: 1 };
    expect(limitsOf({ ...fresh, atIdentity: FREE_GUESSES_AT_IDENTITY - 1 }).identityPaceMs).toBe(0);
    expect(limitsOf({ ...fresh, atIdentity: FREE_GUESSES_AT_IDENTITY }).identityPaceMs).toBe(IDENTITY_PACE_MS);
  });

  test.each([
    ["one wrong code fewer than is free", FREE_GUESSES_FROM_ADDRESS - 1, FREE_GUESSES_FROM_ADDRESS - 1, 0],
    ["only wrong codes", FREE_GUESSES_FROM_ADDRESS, FREE_GUESSES_FROM_ADDRESS, ADDRESS_PACE_MS],
    ["wrong codes known from elsewhere, first met here", FREE_GUESSES_FROM_ADDRESS, 1, ADDRESS_PACE_MS],
    ["as many right as wrong", 500, 1_000, ADDRESS_PACE_MS],
    ["a polling hall of 10,000 voters, one in twenty of whom mistypes", 500, 10_000, 0],
  ])("an address with %s", (_, fromAddress, admittedFromAddress, addressPaceMs) => {
    expect(limitsOf({ atIdentity: 0, fromAddress, admittedFromAddress }).addressPaceMs).toBe(addressPaceMs);
  });
});

describe("a count of guesses", () => {
  test("is published whenever it changes an identity's limits", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000 }), (atIdentity) => {
        const rest = { fromAddress: 0, admittedFromAddress: 0 };
        const before = limitsOf({ atIdentity: atIdentity - 1, ...rest });
        const after = limitsOf({ atIdentity, ...rest });
        const changed = before.delaySeconds !== after.delaySeconds || before.identityPaceMs !== after.identityPaceMs;
        expect(isNewsworthy("identity", atIdentity)).toBe(changed);
      }),
    );
  });

  test("of an address is published once it limits it, and then every ten", () => {
    const told = Array.from({ length: 131 }, (_, count) => count).filter((count) => isNewsworthy("address", count));
    expect(told).toEqual([100, 110, 120, 130]);
  });

  test("belongs to the clock hour of the attempt and ends with it", () => {
    const atMs = Date.parse("2026-11-03T14:59:59.999Z");
    expect(guessingWindow(atMs)).toBe("2026-11-03T14");
    expect(guessingWindow(atMs + 1)).toBe("2026-11-03T15");
    fc.assert(
      fc.property(fc.nat({ max: 4_102_444_800 }), (seconds) => {
        const left = guessingWindowEndsMs(guessingWindow(seconds * 1000)) - seconds * 1000;
        expect(left).toBeGreaterThan(0);
        expect(left).toBeLessThanOrEqual(GUESSING_WINDOW_MS);
      }),
    );
  });
});

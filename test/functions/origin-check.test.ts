import { describe, expect, it } from "vitest";
import { originCheck } from "#functions/runtime/origin-check.ts";

const OLD = "old-key-of-forty-characters-or-so-at-least";
const NEW = "new-key-of-forty-characters-or-so-at-least";
const FIVE_MINUTES_MS = 300_000;

function site(...first: readonly string[]) {
  let keys = first;
  let isDown = false;
  let readings = 0;
  let atMs = 1_000_000;
  const check = originCheck(
    async () => {
      readings++;
      if (isDown) throw new Error("the secret store is down");
      return keys;
    },
    () => atMs,
  );
  return {
    check,
    deploy: (...now: readonly string[]) => {
      keys = now;
    },
    fail: () => {
      isDown = true;
    },
    wait: (ms: number) => {
      atMs += ms;
    },
    readings: () => readings,
  };
}

describe("a request to the API", () => {
  it("is let in with the key that CloudFront sends, and with no other", async () => {
    const { check } = site(OLD);
    expect(await check(OLD)).toBe(true);
    expect(await check(NEW)).toBe(false);
    expect(await check(OLD.slice(1))).toBe(false);
    expect(await check("")).toBe(false);
    expect(await check(undefined)).toBe(false);
  });

  it("is refused before the first key is made", async () => {
    const { check } = site();
    expect(await check(OLD)).toBe(false);
  });

  it("is let in with the old and the new key while a deployment spreads to the edge locations", async () => {
    const { check, deploy, wait } = site(OLD);
    expect(await check(OLD)).toBe(true);
    deploy(OLD, NEW);
    wait(6_000);
    expect([await check(OLD), await check(NEW)]).toEqual([true, true]);
  });

  it("is refused with the old key at most five minutes after its removal", async () => {
    const { check, deploy, wait } = site(OLD);
    expect(await check(OLD)).toBe(true);
    deploy(NEW);
    wait(FIVE_MINUTES_MS + 1);
    expect([await check(OLD), await check(NEW)]).toEqual([false, true]);
  });

  it("with a wrong key does not make every request read the secret", async () => {
    const { check, wait, readings } = site(OLD);
    for (let request = 0; request < 1000; request++) {
      wait(10);
      expect(await check(NEW)).toBe(false);
    }
    expect(readings()).toBeLessThanOrEqual(3);
  });

  it("is still let in while the secret store is down", async () => {
    const { check, fail, wait } = site(OLD);
    expect(await check(OLD)).toBe(true);
    fail();
    wait(2 * FIVE_MINUTES_MS);
    expect([await check(OLD), await check(NEW)]).toEqual([true, false]);
  });

  it("is an error, not a refusal, when the keys could never be read", async () => {
    const { check, fail } = site(OLD);
    fail();
    await expect(check(OLD)).rejects.toThrow();
  });
});

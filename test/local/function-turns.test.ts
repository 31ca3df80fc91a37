import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, expect, onTestFinished, test } from "vitest";
import * as z from "zod";
import { hostFunction } from "#local/functions/host.ts";
import { takeTurns } from "#local/functions/turns.ts";
import { type SmallFunction, smallFunction, until } from "#test/local/small-function.ts";

/** What the fault suite needs: several processes of one function, a deployment, a wrong clock. */

const running: SmallFunction[] = [];
afterEach(async () => {
  for (const one of running.splice(0)) await one.remove();
});
async function host(body: string): Promise<SmallFunction> {
  const one = await smallFunction(body);
  running.push(one);
  return one;
}

test("two processes of one function are invoked in turn", async () => {
  const both = takeTurns([(await host("return process.pid;")).host, (await host("return process.pid;")).host]);
  const pids = [await both.invoke({}), await both.invoke({}), await both.invoke({})];
  expect(pids[0]).not.toBe(pids[1]);
  expect(pids[2]).toBe(pids[0]);
  expect(both.invocations()).toBe(3);
});

test("a deployment lets the old process finish its invocations, and sends new ones to another", async () => {
  const { host: small, events } = await host("if (event.slow) await sleep(500); return process.pid;");
  const before = await small.invoke({});
  const begun = small.invoke({ slow: true });
  await until(async () => (await events(z.unknown())).length === 2);
  small.replace();
  expect(await small.invoke({})).not.toBe(before);
  expect(await begun).toBe(before);
  const gone = (): boolean => {
    try {
      return !process.kill(Number(before), 0);
    } catch {
      return true;
    }
  };
  await until(async () => gone());
});

test("a shifted clock shows in every way of asking for the time, but does not move the deadline", async () => {
  const { folder } = await host("return null;");
  const bundle = join(folder, "clock.mjs");
  await writeFile(
    bundle,
    `export const handler = async (_event, context) => ({
       now: Date.now(), date: new Date().getTime(), epoch: new Date(0).getTime(), isDate: new Date() instanceof Date,
       left: context.getRemainingTimeInMillis(),
     });`,
  );
  const environment = { CLOCK_OFFSET_MS: "300000" };
  const off = hostFunction({ name: "off", bundle, environment, timeoutMs: 10_000, memoryMegabytes: 128 });
  onTestFinished(() => off.stop());
  const told = z
    .object({ now: z.number(), date: z.number(), epoch: z.number(), isDate: z.boolean(), left: z.number() })
    .parse(await off.invoke({}));
  const aheadMs = Date.now() + 300_000;
  expect(Math.abs(told.now - aheadMs)).toBeLessThan(10_000);
  expect(Math.abs(told.date - aheadMs)).toBeLessThan(10_000);
  expect(told).toMatchObject({ epoch: 0, isDate: true });
  expect(told.left).toBeGreaterThan(5_000);
});

import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import * as z from "zod";
import { type SmallFunction, smallFunction, until } from "#test/local/small-function.ts";

const running: SmallFunction[] = [];
afterEach(async () => {
  for (const one of running.splice(0)) await one.remove();
});

async function host(body: string, options?: { timeoutMs?: number }): Promise<SmallFunction> {
  const one = await smallFunction(body, options);
  running.push(one);
  return one;
}

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

test("a function runs several invocations at once, and each gets its own answer", async () => {
  const { host: small } = await host("await sleep(event.waitMs); return { of: event.of };");
  const startedMs = performance.now();
  const answers = await Promise.all([200, 150, 100].map((waitMs, of) => small.invoke({ waitMs, of })));
  expect(answers).toEqual([{ of: 0 }, { of: 1 }, { of: 2 }]);
  expect(small.invocations()).toBe(3);
  await Promise.all([300, 300, 300, 300].map((waitMs) => small.invoke({ waitMs })));
  expect(performance.now() - startedMs).toBeLessThan(2_000);
});

test("a function sees its template's variables and none of the machine's", async () => {
  const { host: small } = await host(
    "return { names: Object.keys(process.env), ms: context.getRemainingTimeInMillis(), id: context.awsRequestId };",
  );
  const { names, ms, id } = z
    .object({ names: z.array(z.string()), ms: z.number(), id: z.uuid() })
    .parse(await small.invoke({}));
  expect(names).toContain("EVENTS");
  expect(names).not.toContain("HOME");
  expect(ms).toBeGreaterThan(5_000);
  expect(id).toBeDefined();
});

test("killing a function fails its invocations in flight, and the next one finds it restarted", async () => {
  const { host: small, events } = await host("if (event.hang) await sleep(60_000); return process.pid;");
  const first = await small.invoke({});
  const hanging = Promise.allSettled([small.invoke({ hang: true }), small.invoke({ hang: true })]);
  await until(async () => (await events(z.unknown())).length === 3);
  small.kill();
  for (const outcome of await hanging) expect(outcome).toMatchObject({ status: "rejected", reason: { kind: "died" } });
  expect(await small.invoke({})).not.toBe(first);
});

test("a function that times out is killed", async () => {
  const { host: small } = await host("await sleep(event.ms); return 'done';", { timeoutMs: 300 });
  expect(await small.invoke({ ms: 0 })).toBe("done");
  await expect(small.invoke({ ms: 60_000 })).rejects.toMatchObject({ kind: "timed-out" });
  expect(await small.invoke({ ms: 0 })).toBe("done");
});

test("a function's error messages, which may quote what a voter typed, are not passed on", async () => {
  const { host: small } = await host("throw new TypeError('NAS 123456789');");
  const failure = await small.invoke({}).catch((error: unknown) => String(error));
  expect(failure).toContain("TypeError");
  expect(failure).not.toContain("123456789");
});

test("what a function prints goes to its own log", async () => {
  const { host: small, folder } = await host("process.stdout.write('a line\\n'); return null;");
  await small.invoke({});
  await until(async () => (await readFile(join(folder, "small.log"), "utf8")).includes("a line"));
});

test("a function ends when its host process is killed", async () => {
  const { host: small } = await host("return process.pid;");
  const bundle = join(running[0]?.folder ?? "", "index.mjs");
  await small.stop();
  const source = `
    import { hostFunction } from "#local/functions/host.ts";
    const environment = { EVENTS: ${JSON.stringify(`${bundle}.events`)} };
    const host = hostFunction({ name: "orphan", bundle: ${JSON.stringify(bundle)}, environment, timeoutMs: 5000, memoryMegabytes: 128 });
    process.stdout.write(String(await host.invoke({})));`;
  const parent = spawn(process.execPath, ["--input-type=module", "--eval", source], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [printed] = await once(parent.stdout, "data");
  const pid = Number(String(printed));
  expect(isAlive(pid)).toBe(true);
  parent.kill("SIGKILL");
  await until(async () => !isAlive(pid));
});

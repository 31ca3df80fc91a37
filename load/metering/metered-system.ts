import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import type { ConfigOverrides } from "#infra/config.ts";
import { type Reading, readingBetween, startMeter } from "#load/metering/meter.ts";
import { type ProxiedSystem, startProxied } from "#load/metering/proxied-system.ts";
import { sumOf } from "#load/shared/accounting.ts";

/** A system in this process, with a meter before DynamoDB and SQS, and timed invocations. */

/** Sums over all invocations: time as Lambda would bill it, and processor time. */
export type FunctionUse = Readonly<{ invocations: number; billedMs: number; cpuMs: number; memoryMegabytes: number }>;

export type SystemUse = Readonly<{
  dynamodb: Reading;
  sqs: Reading;
  functions: ReadonlyMap<string, FunctionUse>;
  /** What the functions logged; 0 without a log folder. */
  logBytes: number;
}>;

export type MeteredSystem = AsyncDisposable &
  Pick<ProxiedSystem<unknown>, "running"> &
  Readonly<{ read(): Promise<SystemUse> }>;

async function bytesIn(folder: string | undefined): Promise<number> {
  if (folder === undefined) return 0;
  const sizes = (await readdir(folder)).map(async (name) => (await stat(join(folder, name))).size);
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

/** @param logFolder where the functions log, to measure the size @param config overrides of config/local.json */
export async function startMeteredSystem(logFolder?: string, config: ConfigOverrides = {}): Promise<MeteredSystem> {
  const system = await startProxied(startMeter, { port: 0, config, ...(logFolder !== undefined && { logFolder }) });
  return {
    running: system.running,
    async read() {
      const functions = [...system.functions].map(async ([name, host]) => {
        const use = { invocations: host.invocations(), billedMs: host.billedMs(), cpuMs: await host.cpuMs() };
        return [name, { ...use, memoryMegabytes: host.memoryMegabytes }] as const;
      });
      return {
        dynamodb: system.dynamodb.read(),
        sqs: system.sqs.read(),
        functions: new Map(await Promise.all(functions)),
        logBytes: await bytesIn(logFolder),
      };
    },
    [Symbol.asyncDispose]: () => system[Symbol.asyncDispose](),
  };
}

export async function useDuring({ read }: MeteredSystem, work: () => Promise<unknown>): Promise<SystemUse> {
  const before = await read();
  await work();
  const after = await read();
  const functions = [...after.functions].map(([name, reached]) => {
    const earlier = before.functions.get(name) ?? { invocations: 0, billedMs: 0, cpuMs: 0 };
    const use = {
      invocations: reached.invocations - earlier.invocations,
      billedMs: reached.billedMs - earlier.billedMs,
      cpuMs: reached.cpuMs - earlier.cpuMs,
    };
    return [name, { ...use, memoryMegabytes: reached.memoryMegabytes }] as const;
  });
  return {
    dynamodb: readingBetween(before.dynamodb, after.dynamodb),
    sqs: readingBetween(before.sqs, after.sqs),
    functions: new Map(functions),
    logBytes: after.logBytes - before.logBytes,
  };
}

/** All tables, requests and functions together. */
export function amountsIn({ dynamodb, sqs, functions }: SystemUse) {
  const sum = (which: "invocations" | "cpuMs"): number =>
    [...functions.values()].reduce((total, use) => total + use[which], 0);
  return {
    readUnits: sumOf(dynamodb.read),
    writeUnits: sumOf(dynamodb.written),
    queueRequests: sumOf(sqs.requests),
    invocations: sum("invocations"),
    functionCpuMs: sum("cpuMs"),
  };
}

import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import type { ConfigOverrides } from "#infra/config.ts";
import { type Meter, type Reading, readingBetween, startMeter } from "#load/metering/meter.ts";
import { RunningSystem } from "#load/shared/running-system.ts";
import { looseEnd } from "#local/loose-ends.ts";
import { startSystem } from "#local/system.ts";

/** A system in this process, with a meter before DynamoDB and SQS, and timed invocations. */

/** Actions of the watch that waits for the count, not of the system. */
export const WATCHING = new Set(["GetQueueAttributes"]);

/** Times are of all invocations: as Lambda would round them, and of the processor. */
export type FunctionUse = Readonly<{
  invocations: number;
  billedMs: number;
  cpuMs: number;
  memoryMegabytes: number;
}>;

/** What was used since the start, or between two readings. */
export type SystemUse = Readonly<{
  dynamodb: Reading;
  sqs: Reading;
  /** By the function's folder. */
  functions: ReadonlyMap<string, FunctionUse>;
  /** What the functions wrote to their logs; 0 when no log was asked for. */
  logBytes: number;
}>;

export type MeteredSystem = Readonly<{
  /** Past the meters, for whoever watches. */
  running: RunningSystem;
  read(): Promise<SystemUse>;
  stop(): Promise<void>;
}>;

async function bytesIn(folder: string | undefined): Promise<number> {
  if (folder === undefined) return 0;
  const sizes = (await readdir(folder)).map(async (name) => (await stat(join(folder, name))).size);
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

/** Starts it. @param logFolder where the functions' logs go, for their size @param config beside config/local.json */
export async function startMeteredSystem(
  port: number,
  logFolder?: string,
  config: ConfigOverrides = {},
): Promise<MeteredSystem> {
  const meters = new Map<"dynamodb" | "sqs", Meter>();
  const meterOf = async (service: "dynamodb" | "sqs", endpoint: string): Promise<string> => {
    const meter = await startMeter(endpoint);
    meters.set(service, meter);
    return meter.endpoint;
  };
  const stopMeters = (): Promise<unknown> => Promise.all([...meters.values()].map((meter) => meter.stop()));
  try {
    const system = await startSystem({
      port,
      config,
      ...(logFolder !== undefined && { logFolder }),
      throughEndpoints: async (endpoints) => ({
        ...endpoints,
        dynamodb: await meterOf("dynamodb", endpoints.dynamodb),
        sqs: await meterOf("sqs", endpoints.sqs),
      }),
    });
    const reading = (service: "dynamodb" | "sqs"): Reading => {
      const meter = meters.get(service);
      if (meter === undefined) throw new Error("the system did not ask for metered endpoints");
      return meter.read();
    };
    return {
      running: RunningSystem.parse({ ...system, pid: process.pid }),
      async read() {
        const functions = await Promise.all(
          [...system.functions].map(async ([name, host]) => {
            const { memoryMegabytes } = host;
            const use = { invocations: host.invocations(), billedMs: host.billedMs(), cpuMs: await host.cpuMs() };
            return [name, { ...use, memoryMegabytes }] as const;
          }),
        );
        return {
          dynamodb: reading("dynamodb"),
          sqs: reading("sqs"),
          functions: new Map(functions),
          logBytes: await bytesIn(logFolder),
        };
      },
      stop: looseEnd(async () => {
        await system.stop();
        await stopMeters();
      }),
    };
  } catch (error) {
    await stopMeters();
    throw error;
  }
}

/** What was used between two readings. */
export function useBetween(before: SystemUse, after: SystemUse): SystemUse {
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

import type { Context } from "aws-lambda";

/** A function's bundle by itself in a process: runs events one after the other and tells what each took. */

export type BatchTimes = readonly Readonly<{ wallMs: number; cpuMs: number }>[];

const [, , bundle = ""] = process.argv;
const { handler } = (await import(bundle)) as { handler: (event: unknown, context: Context) => Promise<unknown> };

const CONTEXT = { functionName: "bench", awsRequestId: "bench", getRemainingTimeInMillis: () => 60_000 } as Context;
const MICROSECONDS_PER_MILLISECOND = 1000;

process.once("message", async (events: readonly unknown[]) => {
  const times: { wallMs: number; cpuMs: number }[] = [];
  for (const event of events) {
    const beganMs = performance.now();
    const began = process.cpuUsage();
    await handler(event, CONTEXT);
    // Of all threads of the process: the garbage collector's, too.
    const { user, system } = process.cpuUsage(began);
    times.push({ wallMs: performance.now() - beganMs, cpuMs: (user + system) / MICROSECONDS_PER_MILLISECOND });
  }
  process.send?.(times, () => process.disconnect());
});
process.send?.("ready");

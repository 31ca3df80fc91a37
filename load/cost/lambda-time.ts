/** An invocation's time on Lambda: it waits as long as here, and computes on the share of a processor that its memory gives it. */

/** This much memory comes with one processor, less with a share of it (Lambda guide, "Configure Lambda function memory"). */
const MEGABYTES_PER_PROCESSOR = 1769;

const MILLISECONDS_PER_SECOND = 1000;
const MEGABYTES_PER_GIGABYTE = 1024;

/** Sums over invocations, in milliseconds, and their number. */
export type Timed = Readonly<{ invocations: number; billedMs: number; cpuMs: number }>;

export type FunctionTime = Readonly<{
  name: string;
  memoryMegabytes: number;
  waitingMs: number;
  cpuMs: number;
  /** On Lambda, which rounds up. */
  billedMs: number;
}>;

/** How much longer work takes with that memory's share of a processor: at least 1, as functions have one thread. */
export function slowdown(memoryMegabytes: number): number {
  return Math.max(1, MEGABYTES_PER_PROCESSOR / memoryMegabytes);
}

/**
 * One invocation on Lambda.
 * @param unhurried invocations that had the machine nearly to themselves, for their waiting
 * @param busy invocations with batches as full as in a rush, for their processor time
 * @throws RangeError when either has no invocation
 */
export function timeOnLambda(name: string, memoryMegabytes: number, unhurried: Timed, busy: Timed): FunctionTime {
  if (unhurried.invocations === 0 || busy.invocations === 0) throw new RangeError(`${name} was not invoked`);
  const waitingMs = Math.max(0, unhurried.billedMs - unhurried.cpuMs) / unhurried.invocations;
  const cpuMs = busy.cpuMs / busy.invocations;
  const billedMs = Math.ceil(waitingMs + cpuMs * slowdown(memoryMegabytes));
  return { name, memoryMegabytes, waitingMs, cpuMs, billedMs };
}

export function gigabyteSeconds({ billedMs, memoryMegabytes }: FunctionTime): number {
  return (billedMs / MILLISECONDS_PER_SECOND) * (memoryMegabytes / MEGABYTES_PER_GIGABYTE);
}

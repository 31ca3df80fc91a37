import { type ChildProcess, fork } from "node:child_process";
import { randomUUID } from "node:crypto";
import { openSync, writeSync } from "node:fs";
import { setPriority } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

/** Runs each function's deployed bundle in a process of its own, as Lambda would, and restarts it when it dies. */

export type FunctionDefinition = Readonly<{
  /** The folder of functions/ it comes from. */
  name: string;
  /** File of the bundle. */
  bundle: string;
  environment: Readonly<Record<string, string>>;
  timeoutMs: number;
  memoryMegabytes: number;
  /** 0 to 19; 0 when left out. */
  niceness?: number;
  /** Its process starts at once, not with the first invocation. */
  isWarm?: boolean;
}>;

export type Invocation = Readonly<{
  id: number;
  requestId: string;
  functionName: string;
  event: unknown;
  deadlineMs: number;
}>;
export type Outcome =
  | Readonly<{ id: number; ok: true; result: unknown }>
  | Readonly<{ id: number; ok: false; error: string }>;
/** What the process sends beside outcomes: that its bundle is loaded, and its processor time when asked. */
export type Told = "ready" | Readonly<{ cpuMs: number }>;
/** Asks for the processor time. Reading it with every answer would add a tenth to the cost of a post. */
export const ASK_CPU = "cpu";

/** The function threw, timed out, or its process died. */
export class InvocationFailure extends Error {
  override name = "InvocationFailure";
  readonly kind: "threw" | "timed-out" | "died";

  constructor(functionName: string, kind: "threw" | "timed-out" | "died", detail: string) {
    super(`${functionName} ${kind}: ${detail}`);
    this.kind = kind;
  }
}

export type FunctionHost = Readonly<{
  name: string;
  bundle: string;
  environment: Readonly<Record<string, string>>;
  timeoutMs: number;
  memoryMegabytes: number;
  /** Runs the function. Rejects with InvocationFailure. */
  invoke(event: unknown): Promise<unknown>;
  /** How many invocations were made. */
  invocations(): number;
  /** Milliseconds of all invocations, each rounded up as Lambda bills it; passing the event and the answer included. */
  billedMs(): number;
  /** Processor time of its process, its start included; 0 while it has none. */
  cpuMs(): Promise<number>;
  /** Kills the process with SIGKILL, as a crash would; the next invocation starts another. */
  kill(): void;
  /** As a deployment does: a new process takes further invocations, and the present one ends once idle. */
  replace(): void;
  /** Ends the process. */
  stop(): Promise<void>;
}>;

const PROCESS_FILE = fileURLToPath(new URL("process.ts", import.meta.url));

/** Hands over whole lines, and logs everything. Events are faster than an iterator, and this runs for every vote. */
function readLines(output: Readable, log: number | "ignore", onLine: (line: string) => void): void {
  let begun = "";
  output.setEncoding("utf8");
  output.on("data", (text: string) => {
    if (log !== "ignore") writeSync(log, text);
    const lines = `${begun}${text}`.split("\n");
    begun = lines.pop() ?? "";
    for (const line of lines) onLine(line);
  });
}

/** A function is profiled when its host is, under its own name. The host's other options are not passed on. */
function nodeOptionsFor(name: string): string[] {
  const profiling = process.execArgv.filter((option) => option.startsWith("--cpu-prof"));
  const named = profiling.length === 0 ? [] : [`--cpu-prof-name=${name}.cpuprofile`];
  return [...profiling, ...named, "--disable-warning=ExperimentalWarning"];
}

type Running = Readonly<{
  process: ChildProcess;
  ready: Promise<void>;
  pending: Map<number, (outcome: Outcome | "died") => void>;
  /** Invocations running in it or about to. */
  underWay: Set<number>;
}>;

const REPLACED_LOOK_MS = 20;

/**
 * @param logFolder where the function's own log lines go, as `<name>.log`; nowhere when left out
 * @param onLine told each line that the function writes to its log
 */
export function hostFunction(
  definition: FunctionDefinition,
  logFolder?: string,
  onLine?: (line: string) => void,
): FunctionHost {
  const { name, bundle, environment, timeoutMs, memoryMegabytes, niceness, isWarm = false } = definition;
  const log = logFolder === undefined ? "ignore" : openSync(join(logFolder, `${name}.log`), "a");
  let running: Running | undefined;
  let count = 0;
  let billedMs = 0;
  let stopped = false;

  const start = (): Running => {
    const child = fork(PROCESS_FILE, [bundle], {
      env: {
        PATH: process.env.PATH ?? "",
        NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE,
        ...environment,
        AWS_LAMBDA_FUNCTION_NAME: name,
        AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memoryMegabytes),
      },
      stdio: ["ignore", onLine === undefined ? log : "pipe", log, "ipc"],
      execArgv: nodeOptionsFor(name),
    });
    if (niceness !== undefined && child.pid !== undefined) setPriority(child.pid, niceness);
    if (onLine !== undefined && child.stdout !== null) readLines(child.stdout, log, onLine);
    const pending: Running["pending"] = new Map();
    const ready = new Promise<void>((resolve) => {
      child.on("message", (message: Outcome | Told) => {
        if (message === "ready") resolve();
        else if ("id" in message) pending.get(message.id)?.(message);
      });
      child.once("exit", () => {
        if (running?.process === child) running = undefined;
        for (const settle of pending.values()) settle("died");
        resolve();
      });
    });
    return { process: child, ready, pending, underWay: new Set() };
  };

  const current = (): Running => {
    running ??= start();
    return running;
  };
  /** The next invocation starts another. */
  const end = (child: ChildProcess): void => {
    if (running?.process === child) running = undefined;
    child.kill("SIGKILL");
  };
  if (isWarm) current();
  const retiring = new Set<Promise<void>>();
  const retire = async ({ process: child, underWay }: Running): Promise<void> => {
    const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
    while (underWay.size > 0) await sleep(REPLACED_LOOK_MS);
    if (child.connected) child.disconnect();
    if (child.exitCode === null && child.signalCode === null) await ended;
  };

  return {
    name,
    bundle,
    environment,
    timeoutMs,
    memoryMegabytes,
    invocations: () => count,
    billedMs: () => billedMs,

    async cpuMs() {
      if (running === undefined) return 0;
      const { process: child, ready } = running;
      await ready;
      const told = new Promise<number>((resolve, reject) => {
        const listen = (message: Outcome | Told): void => {
          if (typeof message !== "object" || !("cpuMs" in message)) return;
          child.off("message", listen).off("exit", die);
          resolve(message.cpuMs);
        };
        const die = (): void => reject(new InvocationFailure(name, "died", "its process ended"));
        child.on("message", listen).once("exit", die);
      });
      child.send(ASK_CPU);
      return told;
    },

    async invoke(event) {
      if (stopped) throw new InvocationFailure(name, "died", "it was stopped");
      const id = count++;
      const { process: child, ready, pending, underWay } = current();
      underWay.add(id);
      await ready;
      const beganMs = performance.now();
      const outcome = await new Promise<Outcome | "died" | "timed-out">((resolve) => {
        const timer = setTimeout(() => resolve("timed-out"), timeoutMs);
        pending.set(id, (settled) => {
          clearTimeout(timer);
          resolve(settled);
        });
        const invocation: Invocation = {
          id,
          requestId: randomUUID(),
          functionName: name,
          event,
          deadlineMs: Date.now() + timeoutMs,
        };
        if (!child.connected) return pending.get(id)?.("died");
        child.send(invocation, (error) => {
          if (error !== null) pending.get(id)?.("died");
        });
      });
      pending.delete(id);
      underWay.delete(id);
      billedMs += Math.ceil(performance.now() - beganMs);
      if (outcome === "died") throw new InvocationFailure(name, "died", "its process ended");
      if (outcome === "timed-out") {
        // As Lambda does; whatever else ran in this process is delivered again.
        end(child);
        throw new InvocationFailure(name, "timed-out", `after ${timeoutMs} ms`);
      }
      if (!outcome.ok) throw new InvocationFailure(name, "threw", outcome.error);
      return outcome.result;
    },

    kill() {
      if (running !== undefined) end(running.process);
    },

    replace() {
      const replaced = running;
      if (replaced === undefined) return;
      running = undefined;
      current();
      const retired = retire(replaced).finally(() => retiring.delete(retired));
      retiring.add(retired);
    },

    async stop() {
      stopped = true;
      await Promise.all(retiring);
      const last = running;
      if (last === undefined) return;
      const { stdout } = last.process;
      const ended = Promise.all([
        new Promise<void>((resolve) => last.process.once("exit", () => resolve())),
        // Its last lines may arrive after it has exited.
        stdout === null ? undefined : new Promise<void>((resolve) => stdout.once("close", () => resolve())),
      ]);
      last.process.disconnect();
      const impatient = setTimeout(() => last.process.kill("SIGKILL"), 1_000);
      await ended;
      clearTimeout(impatient);
    },
  };
}

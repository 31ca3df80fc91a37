import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { type Connection, connect } from "#admin/connection/connection.ts";
import { findLocal, RunningSystem } from "#admin/connection/local-system.ts";
import { EnglishRefusal } from "#core/english-refusal.ts";
import { freePort } from "#local/listening.ts";
import { tie } from "#local/loose-ends.ts";

export { RunningSystem };

/** A system to send votes to; a stage in AWS has no endpoints. */
export type SystemUnderLoad = Pick<RunningSystem, "url" | "outputs"> &
  Readonly<{ endpoints?: RunningSystem["endpoints"] | undefined }>;

export function connectTo({ outputs, url, endpoints }: SystemUnderLoad): Connection & Disposable {
  const connection = connect({ ...outputs, ApiUrl: url }, endpoints);
  return { ...connection, [Symbol.dispose]: () => connection.close() };
}

/** Disposing of it stops it and waits until it is gone. */
export type StartedSystem = RunningSystem &
  AsyncDisposable &
  Readonly<{
    /** From the start of the process to its ready line. */
    readyAfterMs: number;
  }>;

const REPOSITORY = fileURLToPath(new URL("../..", import.meta.url));
const READY_WITHIN_MS = 120_000;

/** Waits for the ready line; false when the process ends without it, or is killed for taking too long. */
async function ready(child: ChildProcess): Promise<boolean> {
  if (child.stdout === null) return false;
  const tooLong = setTimeout(() => child.kill("SIGKILL"), READY_WITHIN_MS);
  try {
    for await (const line of createInterface({ input: child.stdout })) {
      if (line.startsWith("Scrutin is ready")) return true;
    }
    return false;
  } finally {
    clearTimeout(tooLong);
  }
}

export type StartOptions = Readonly<{
  port?: number;
  environment?: NodeJS.ProcessEnv;
  /** Shell commands, such as `ulimit`, that limit it and its children. */
  limits?: string;
  nodeOptions?: readonly string[];
}>;

/** Runs `npm start`'s command, in memory. Throws Refusal with what it printed when it does not start. */
export async function startSystem(options: StartOptions = {}): Promise<StartedSystem> {
  const { port = await freePort(), environment, limits = ":", nodeOptions = [] } = options;
  const { DATA_DIR: _kept, ...inherited } = process.env;
  const startedMs = performance.now();
  const command = [process.execPath, ...nodeOptions, "local/start.ts"];
  const child = spawn("/bin/sh", ["-c", `${limits}; exec "$@"`, "scrutin", ...command], {
    cwd: REPOSITORY,
    env: { ...inherited, BELIEVE_VIEWER_ADDRESS: "1", ...environment, PORT: String(port) },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let complaint = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    complaint = `${complaint}${text}`.slice(-4_000);
  });
  const stop = tie(child);
  const isReady = await ready(child);
  const readyAfterMs = performance.now() - startedMs;
  // A full pipe would block it.
  child.stdout.resume();
  const system = isReady ? await findLocal(port) : undefined;
  if (system === undefined) {
    await stop();
    throw new EnglishRefusal(`Scrutin did not start on port ${port}. ${complaint.trim()}`.trim());
  }
  return { ...system, readyAfterMs, [Symbol.asyncDispose]: stop };
}

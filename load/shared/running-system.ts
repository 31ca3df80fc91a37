import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { connect } from "node:net";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import * as z from "zod";
import { findStage, isAlive, StackOutputs } from "#admin/connection/connection.ts";
import { EMULATOR_STAGE, emulatorUrl } from "#admin/connection/emulator.ts";
import { Refusal } from "#core/refusal.ts";
import { readConfig } from "#infra/config.ts";
import { tie } from "#local/loose-ends.ts";

/** The system under load: one that runs on this machine already, or one started for the run by `npm start`'s own command. */

/** What a running system says of itself in `.scrutin/<port>.json`. */
export const RunningSystem = z.object({
  url: z.url(),
  pid: z.number().int().positive(),
  outputs: z.object({
    ...StackOutputs.shape,
    TalliesTable: z.string().min(1),
    VotesQueueUrl: z.url(),
  }),
  endpoints: z.object({ dynamodb: z.url(), sqs: z.url(), secretsmanager: z.url() }),
});
export type RunningSystem = Readonly<z.infer<typeof RunningSystem>>;

/** Where votes are sent: on this machine, or a stage in AWS, whose services are where AWS has them. */
export type SystemUnderLoad = Pick<RunningSystem, "url" | "outputs"> &
  Readonly<{ endpoints?: RunningSystem["endpoints"] | undefined }>;

export type StartedSystem = RunningSystem &
  Readonly<{
    /** From the start of the process to its ready line, in milliseconds. */
    readyAfterMs: number;
    /** Stops it and waits until it is gone. */
    stop(): Promise<void>;
  }>;

const REPOSITORY = fileURLToPath(new URL("../..", import.meta.url));
const READY_WITHIN_MS = 120_000;

/** The system that runs on a port of this machine; undefined when none does. */
export async function findSystem(port: number): Promise<RunningSystem | undefined> {
  const text = await readFile(`${REPOSITORY}.scrutin/${port}.json`, "utf8").catch(() => undefined);
  if (text === undefined) return undefined;
  const system = RunningSystem.parse(JSON.parse(text));
  // A system that was killed leaves its file behind.
  return isAlive(system.pid) ? system : undefined;
}

/** Whether something takes connections at an address of this machine. */
async function isListening(url: string): Promise<boolean> {
  const { hostname, port, protocol } = new URL(url);
  const socket = connect(Number(port || (protocol === "https:" ? 443 : 80)), hostname);
  try {
    await once(socket, "connect");
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

/** The system deployed at an AWS-compatible endpoint of this machine. Throws Refusal when there is none. */
export async function systemAtEndpoint(endpoint: string): Promise<RunningSystem> {
  process.env.AWS_ENDPOINT_URL = endpoint;
  const elsewhere = new Refusal("Load goes to this machine only: --endpoint https://localhost:4566.");
  if (emulatorUrl() === undefined) throw elsewhere;
  if (!(await isListening(endpoint))) {
    throw new Refusal(`Nothing answers at ${endpoint}: npm run endpoint starts an endpoint and deploys to it.`);
  }
  const { outputs, endpoints } = await findStage(EMULATOR_STAGE);
  if (endpoints === undefined) throw elsewhere;
  return { url: outputs.ApiUrl, pid: process.pid, outputs, endpoints };
}

/**
 * A stage deployed in AWS, under the caller's credentials. Throws Refusal when it is not there, or when its votes count:
 * load makes up voters, and what they cast cannot be told from what is real.
 */
export async function systemAtStage(stage: string): Promise<SystemUnderLoad> {
  const { retainData, emulator } = readConfig(stage);
  if (emulator !== undefined) throw new Refusal(`Stage ${stage} is made for an emulator of AWS: see --endpoint.`);
  if (retainData) {
    throw new Refusal(
      `Stage ${stage} keeps its votes (retainData, true unless config/${stage}.json says otherwise): invented ones do not belong there.`,
    );
  }
  const { outputs, endpoints } = await findStage(stage).catch((error: unknown) => {
    if (!(error instanceof Refusal)) throw error;
    throw new Refusal(
      `${error.message.replace(/\.$/, "")}. AWS_REGION and the credentials must be those of the stage.`,
    );
  });
  return { url: outputs.ApiUrl, outputs, endpoints };
}

/** Waits for the ready line; false when the process ends without it, or is ended because it takes too long. */
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

/**
 * Starts a system in memory on a port and waits until it is ready. Throws Refusal with its own words when it does not start.
 * @param environment variables for it beside this process's own
 * @param limits shell commands, such as `ulimit`, that bind it and all it starts
 * @param nodeOptions command line options for Node, of it and of the processes it starts
 */
export async function startSystem(
  port: number,
  environment: NodeJS.ProcessEnv = {},
  limits = ":",
  nodeOptions: readonly string[] = [],
): Promise<StartedSystem> {
  const { DATA_DIR: _kept, ...inherited } = process.env;
  const startedMs = performance.now();
  const command = [process.execPath, ...nodeOptions, "local/start.ts"];
  const child = spawn("/bin/sh", ["-c", `${limits}; exec "$@"`, "scrutin", ...command], {
    cwd: REPOSITORY,
    env: { ...inherited, ...environment, PORT: String(port) },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let complaint = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    complaint = `${complaint}${text}`.slice(-4_000);
  });
  const stop = tie(child);
  const isReady = await ready(child);
  const readyAfterMs = performance.now() - startedMs;
  // Nobody reads its output from here on, and a full pipe would stop it.
  child.stdout.resume();
  const system = isReady ? await findSystem(port) : undefined;
  if (system === undefined) {
    await stop();
    throw new Refusal(`Scrutin did not start on port ${port}. ${complaint.trim()}`.trim());
  }
  return { ...system, readyAfterMs, stop };
}

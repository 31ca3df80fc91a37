import { fork } from "node:child_process";
import { mkdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { REGION } from "#local/credentials.ts";
import { StartFailure } from "#local/failure.ts";

/** Embedded queues (fauxqs) in a process of their own, so that they do not share a core's event loop with the API. */
export type SqsLocal = Readonly<{ endpoint: string; stop(): Promise<void> }>;

const PROCESS_FILE = fileURLToPath(new URL("sqs-process.ts", import.meta.url));

/** @param folder where the queues are kept; in memory when left out */
export async function startSqs(folder?: string): Promise<SqsLocal> {
  if (folder !== undefined) await mkdir(folder, { recursive: true });
  const child = fork(PROCESS_FILE, folder === undefined ? [] : [folder], {
    env: { PATH: process.env.PATH ?? "", AWS_REGION: REGION },
    stdio: ["ignore", "ignore", "ignore", "ipc"],
    execArgv: ["--disable-warning=ExperimentalWarning"],
  });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const port = await Promise.race([
    new Promise<number>((resolve) => child.once("message", (message) => resolve(Number(message)))),
    ended.then(() => {
      throw new StartFailure("The embedded queues did not start.");
    }),
  ]);
  return {
    endpoint: `http://127.0.0.1:${port}`,
    async stop() {
      if (child.connected) child.disconnect();
      await ended;
    },
  };
}

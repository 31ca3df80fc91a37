import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach } from "vitest";

/** `npm start` as its user sees it. */

const folders: string[] = [];
const children: ChildProcess[] = [];

afterEach(async () => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true, maxRetries: 5 });
});

export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "scrutin-start-"));
  folders.push(folder);
  return folder;
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === "object" && address !== null ? address.port : 0;
}

/** Starts a system as from a terminal. After the test it is killed, and its folders are removed. */
export function start(
  environment: Record<string, string>,
  command: readonly string[] = [process.execPath, "local/start.ts"],
) {
  const [program = "", ...args] = command;
  const env = { ...process.env, ...environment };
  // A process group of its own, as a terminal makes one.
  const child = spawn(program, args, { env, stdio: "pipe", detached: true });
  children.push(child);
  let output = "";
  let errors = "";
  child.stdout.on("data", (chunk) => {
    output += String(chunk);
  });
  child.stderr.on("data", (chunk) => {
    errors += String(chunk);
  });
  const exit = new Promise<number | null>((resolve) => child.once("exit", resolve));
  const ready = async (): Promise<void> => {
    while (!output.includes("Scrutin is ready:")) {
      if (child.exitCode !== null) throw new Error(`it ended with ${child.exitCode}: ${errors}`);
      await sleep(50);
    }
  };
  return { child, exit, ready, output: () => output, errors: () => errors };
}

import { type ChildProcess, spawn } from "node:child_process";
import { copyFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach } from "vitest";
import { DEMO_FOLDER } from "#local/demo.ts";
import { DEMO_ROLL } from "#test/e2e/voters.ts";

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

/** The number of voters in `smallElectorate`. */
export const SMALL = 300;

/** A folder with the law and its first voters: a start of which enrolling a thousand is not the longest part. */
export async function smallElectorate(): Promise<string> {
  const folder = await temporaryFolder();
  await copyFile(join(DEMO_FOLDER, "law-L2025-001.json"), join(folder, "law-L2025-001.json"));
  const [header = "", ...rows] = (await readFile(DEMO_ROLL, "utf8")).trimEnd().split("\n");
  await writeFile(join(folder, "law-L2025-001-voters.csv"), `${[header, ...rows.slice(0, SMALL)].join("\n")}\n`);
  return folder;
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

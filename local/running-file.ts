import { mkdir, rm, writeFile } from "node:fs/promises";
import type { RunningSystem } from "#admin/connection/local-system.ts";
import type { Endpoints } from "#local/deployment/deployment.ts";

/** `.scrutin/<port>.json`: how the command line tool and the load generator find the system that runs on a port. */

const folder = new URL("../.scrutin/", import.meta.url);
const fileOf = (port: number): URL => new URL(`${port}.json`, folder);

export async function writeRunningFile(
  port: number,
  running: RunningSystem & Readonly<{ endpoints: Endpoints }>,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(fileOf(port), `${JSON.stringify(running, null, 2)}\n`, { mode: 0o600 });
}

export async function removeRunningFile(port: number): Promise<void> {
  await rm(fileOf(port), { force: true });
}

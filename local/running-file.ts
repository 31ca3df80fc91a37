import { mkdir, rm, writeFile } from "node:fs/promises";
import type { Endpoints } from "#local/deployment/deployment.ts";

/** `.scrutin/<port>.json`: how the command line tool and the load generator find the system that runs on a port. */

export type RunningSystem = Readonly<{
  url: string;
  pid: number;
  stage: string;
  outputs: Readonly<Record<string, string>>;
  endpoints: Endpoints;
}>;

const folder = new URL("../.scrutin/", import.meta.url);
const fileOf = (port: number): URL => new URL(`${port}.json`, folder);

export async function writeRunningFile(port: number, running: RunningSystem): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(fileOf(port), `${JSON.stringify(running, null, 2)}\n`, { mode: 0o600 });
}

export async function removeRunningFile(port: number): Promise<void> {
  await rm(fileOf(port), { force: true });
}

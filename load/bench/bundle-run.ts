import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { BatchTimes } from "#load/bench/batches-process.ts";
import type { DeployedFunctions } from "#load/bench/deployed-functions.ts";
import { tie } from "#local/loose-ends.ts";

const PROCESS_FILE = fileURLToPath(new URL("batches-process.ts", import.meta.url));

/** Runs a function's bundle over events in a process of its own. */
export async function runBundle(
  { functions }: DeployedFunctions,
  name: string,
  events: readonly unknown[],
): Promise<BatchTimes> {
  const definition = functions.get(name);
  if (definition === undefined) throw new Error(`there is no function ${name}`);
  const child = fork(PROCESS_FILE, [definition.bundle], {
    env: { PATH: process.env.PATH ?? "", ...definition.environment },
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  const end = tie(child);
  try {
    const ended = once(child, "exit").then(() => Promise.reject(new Error(`${name} ended before it was done`)));
    await Promise.race([once(child, "message"), ended]);
    child.send(events);
    const [times] = await Promise.race([once(child, "message"), ended]);
    ended.catch(() => {});
    return times;
  } finally {
    await end();
  }
}

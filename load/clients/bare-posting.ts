import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { OnProgress } from "#admin/shared/progress.ts";
import { clientProcess } from "#load/clients/client-process.ts";
import type { Pace } from "#load/clients/phases.ts";
import type { Client } from "#load/clients/vote-run.ts";

const CONNECTIONS = 50;
const MOST_OPEN_CONNECTIONS = 500;
const CLIENT = fileURLToPath(new URL("bare-client.ts", import.meta.url));

/** A client with little overhead. @param pace posts per second, or phases, whether or not answers come */
export function bareClient(
  pace: number | Pace = "as-fast-as-it-goes",
  method: "post" | "get" = "post",
  onProgress?: OnProgress,
): Client {
  return clientProcess(async (url, posts, { planFile, outcomesFile }) => {
    const even = typeof pace === "number" ? [{ requests: posts, seconds: posts / pace }] : pace;
    const phases = even === "as-fast-as-it-goes" ? undefined : even;
    const connections = phases === undefined ? CONNECTIONS : MOST_OPEN_CONNECTIONS;
    return fork(CLIENT, [JSON.stringify({ url, method, planFile, outcomesFile, connections, phases })]);
  }, onProgress);
}

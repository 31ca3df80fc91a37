import { fork } from "node:child_process";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { OnProgress } from "#admin/shared/progress.ts";
import { readOutcomes } from "#load/clients/outcomes.ts";
import type { Pace } from "#load/clients/phases.ts";
import { writePlanFile } from "#load/clients/plan-file.ts";
import type { Client } from "#load/clients/vote-run.ts";
import { inTemporaryFolder, tie } from "#local/loose-ends.ts";

const CONNECTIONS = 50;
const MOST_OPEN_CONNECTIONS = 500;
const CLIENT = fileURLToPath(new URL("bare-client.ts", import.meta.url));

/**
 * A client that posts from a process of its own over 50 kept-alive connections.
 * @param pace posts per second or phases, whether or not answers come, over as many connections as that takes; left out for
 *   as fast as answers allow
 */
export function bareClient(
  pace: number | Pace = "as-fast-as-it-goes",
  method: "post" | "get" = "post",
  onProgress?: OnProgress,
): Client {
  return (url, plan) =>
    inTemporaryFolder(async (folder) => {
      const planFile = join(folder, "plan.jsonl");
      const outcomesFile = join(folder, "outcomes.jsonl");
      await writePlanFile(planFile, plan, onProgress);
      await writeFile(outcomesFile, "");
      const even = typeof pace === "number" ? [{ requests: plan.length, seconds: plan.length / pace }] : pace;
      const phases = even === "as-fast-as-it-goes" ? undefined : even;
      const connections = phases === undefined ? CONNECTIONS : MOST_OPEN_CONNECTIONS;
      const child = fork(CLIENT, [JSON.stringify({ url, method, planFile, outcomesFile, connections, phases })]);
      const end = tie(child);
      try {
        const [code] = await once(child, "exit");
        if (code !== 0) throw new Error(`the bare client ended with ${code}`);
      } finally {
        await end();
      }
      return readOutcomes(outcomesFile, plan.length);
    });
}

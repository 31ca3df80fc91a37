import { fork } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { inTemporaryFolder, tie } from "#load/loose-ends.ts";
import type { Client, Outcome } from "#load/vote-run.ts";

const CONNECTIONS = 50;
const MOST_OPEN_CONNECTIONS = 500;
const CLIENT = fileURLToPath(new URL("bare-client.ts", import.meta.url));

/**
 * A client that posts from a process of its own over 50 kept-alive connections.
 * @param rate posts per second whether or not answers come, over as many connections as that takes; undefined for as fast as
 *   answers allow
 */
export function bareClient(rate?: number): Client {
  return (url, plan) =>
    inTemporaryFolder(async (folder) => {
      const planFile = join(folder, "plan.json");
      await writeFile(planFile, JSON.stringify(plan.map(({ path, body }) => ({ path, body }))), { mode: 0o600 });
      const connections = rate === undefined ? CONNECTIONS : MOST_OPEN_CONNECTIONS;
      const child = fork(CLIENT, [JSON.stringify({ url, planFile, connections, rate })]);
      const end = tie(child);
      try {
        return await new Promise<readonly Outcome[]>((resolve, reject) => {
          child.once("message", (outcomes: readonly Outcome[]) => resolve(outcomes));
          child.once("exit", (code) => reject(new Error(`the bare client ended with ${code} before it told anything`)));
        });
      } finally {
        await end();
      }
    });
}

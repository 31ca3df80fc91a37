import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { PlannedPost } from "#load/ballots.ts";
import type { BareOutcome } from "#load/bare-client.ts";
import { endChild } from "#load/running-system.ts";

export type { BareOutcome } from "#load/bare-client.ts";

export const CONNECTIONS = 50;
const CLIENT = fileURLToPath(new URL("bare-client.ts", import.meta.url));

/**
 * Posts a plan from a process of its own over 50 kept-alive connections, and gives the outcomes in the order of the plan.
 * @param rate posts per second whether or not answers come, over as many connections as that takes; undefined for as fast as
 *   answers allow
 */
export async function postByBareClient(
  url: string,
  plan: readonly PlannedPost[],
  rate?: number,
): Promise<readonly BareOutcome[]> {
  const folder = await mkdtemp(join(tmpdir(), "scrutin-posts-"));
  const planFile = join(folder, "plan.json");
  await writeFile(planFile, JSON.stringify(plan.map(({ path, body }) => ({ path, body }))), { mode: 0o600 });
  const connections = rate === undefined ? CONNECTIONS : 10 * CONNECTIONS;
  const child = fork(CLIENT, [JSON.stringify({ url, planFile, connections, rate })]);
  const endWithUs = (): void => void child.kill("SIGTERM");
  process.once("exit", endWithUs);
  try {
    const told = new Promise<readonly BareOutcome[]>((resolve, reject) => {
      child.once("message", (outcomes: readonly BareOutcome[]) => resolve(outcomes));
      child.once("exit", (code) => reject(new Error(`the bare client ended with ${code} before it told anything`)));
    });
    const outcomes = await told;
    if (child.exitCode === null) await once(child, "exit");
    return outcomes;
  } finally {
    process.removeListener("exit", endWithUs);
    await endChild(child);
    await rm(folder, { recursive: true, force: true });
  }
}

import { execFile } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { freePort } from "#local/listening.ts";
import { smallElectorate, start } from "#test/local/start/npm-start.ts";

/** The ids of a process and all its current descendants. */
async function treeOf(root: number): Promise<readonly number[]> {
  const { stdout } = await promisify(execFile)("ps", ["-eo", "pid=,ppid="]);
  const all = stdout
    .trim()
    .split("\n")
    .map((line) => line.trim().split(/\s+/).map(Number));
  const tree = [root];
  for (const parent of tree) tree.push(...all.flatMap(([pid, ppid]) => (ppid === parent ? [Number(pid)] : [])));
  return tree;
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
describe("no process is left of an `npm start`", () => {
  test.each([
    ["npm is told to end", "SIGTERM", (npm: number) => npm],
    ["npm is killed", "SIGKILL", (npm: number) => npm],
    ["Node is killed", "SIGKILL", (_: number, node: number) => node],
    // A terminal signals every process in the group.
    ["its terminal is closed", "SIGHUP", (npm: number) => -npm],
  ] as const)("when %s", async (_, signal, target) => {
    const port = String(await freePort());
    const { child, ready } = start({ PORT: port, ELECTIONS_DIR: await smallElectorate() }, ["npm", "start"]);
    const npm = Number(child.pid);
    await ready();
    const tree = await treeOf(npm);
    expect(tree.length).toBeGreaterThan(10);
    process.kill(target(npm, Number(tree[1])), signal);
    // Otherwise the test times out.
    while (tree.some(isAlive)) await sleep(100);
  });
});

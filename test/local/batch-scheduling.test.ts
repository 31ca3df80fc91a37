import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const MODULE = fileURLToPath(new URL("../../local/batch-scheduling.ts", import.meta.url));

/** Index of the policy in proc_pid_stat(5), counted after the name; SCHED_BATCH is 3 (sched(7)). */
const POLICY = 38;
const SCHED_BATCH = "3";

const policyIn = (stat: string): string => stat.slice(stat.lastIndexOf(")") + 2).split(" ")[POLICY] ?? "";

/**
 * The scheduling policies of a process that asked for batch scheduling, and of one that it starts afterwards.
 * @param start a program and its arguments, which precede Node's
 */
async function policiesAfterAsking(
  [program = "", ...before]: readonly string[],
  environment: NodeJS.ProcessEnv = process.env,
): Promise<readonly string[]> {
  const source = `
    import { execFileSync } from "node:child_process";
    import { readFileSync } from "node:fs";
    import { scheduleAsBatch } from ${JSON.stringify(MODULE)};
    scheduleAsBatch();
    process.stdout.write(readFileSync("/proc/self/stat", "utf8"));
    process.stdout.write(execFileSync("/bin/cat", ["/proc/self/stat"], { encoding: "utf8" }));`;
  const node = [...before, "--input-type=module", "--eval", source];
  const { stdout } = await promisify(execFile)(program, node, { env: environment });
  return stdout.trim().split("\n").map(policyIn);
}

const onLinux = test.runIf(process.platform === "linux");

onLinux("what asks for it is scheduled as batch work, with all it starts", async () => {
  const asUsual = ["chrt", "-o", "0", process.execPath];
  expect(await policiesAfterAsking(asUsual)).toEqual([SCHED_BATCH, SCHED_BATCH]);
});

onLinux("where there is no program to ask with, everything goes on as before", async () => {
  const own = policyIn(await readFile("/proc/self/stat", "utf8"));
  expect(await policiesAfterAsking([process.execPath], { ...process.env, PATH: "/nowhere" })).toEqual([own, own]);
});

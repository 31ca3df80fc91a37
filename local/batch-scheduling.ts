import { execFileSync } from "node:child_process";

/**
 * Asks Linux to schedule this process, and all it starts from here on, as batch work (sched(7), SCHED_BATCH): no process
 * interrupts another by handing it work (docs/adr/0056-batch-scheduling.md). Without Linux or `chrt` it is only slower.
 */
export function scheduleAsBatch(): void {
  try {
    execFileSync("chrt", ["-b", "-p", "0", String(process.pid)], { stdio: "ignore" });
  } catch {
    // No voter is to miss it.
  }
}

import { execFileSync } from "node:child_process";

/**
 * Schedules this process, and all it starts from here on, as batch work (SCHED_BATCH in sched(7)), so that a process that is
 * handed work does not interrupt the one that hands it over (docs/adr/0056-batch-scheduling.md).
 */
export function scheduleAsBatch(): void {
  try {
    execFileSync("chrt", ["-b", "-p", "0", String(process.pid)], { stdio: "ignore" });
  } catch {
    // Not Linux, or no `chrt`: only slower.
  }
}

import { execFileSync } from "node:child_process";

/**
 * Asks Linux to schedule this process, and all it starts from here on, as batch work (sched(7), SCHED_BATCH): nobody is
 * interrupted at work because another has just been handed some. What it gains is told in docs/decisions.md. Where there is no
 * Linux, or no `chrt`, everything works as before, only slower.
 */
export function scheduleAsBatch(): void {
  try {
    execFileSync("chrt", ["-b", "-p", "0", String(process.pid)], { stdio: "ignore" });
  } catch {
    // No voter is to miss it.
  }
}

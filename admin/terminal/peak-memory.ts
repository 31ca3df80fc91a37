import { readFileSync } from "node:fs";

/**
 * The most memory this process has held so far, in bytes. `resourceUsage` tells more where whoever started the process held
 * more: Linux lets a process inherit that mark across exec, so its own account comes first.
 */
export function peakMemory(): number {
  const kilobytes = /^VmHWM:\s+(\d+) kB$/m.exec(ownStatus())?.[1] ?? process.resourceUsage().maxRSS;
  return Number(kilobytes) * 1024;
}

/** What Linux says of this process; empty on other systems. */
function ownStatus(): string {
  try {
    return readFileSync("/proc/self/status", "utf8");
  } catch {
    return "";
  }
}

import { readFileSync } from "node:fs";

/** Peak memory of this process, in bytes. On Linux `maxRSS` is inherited across exec, so /proc is asked first. */
export function peakMemory(): number {
  const kilobytes = /^VmHWM:\s+(\d+) kB$/m.exec(ownStatus())?.[1] ?? process.resourceUsage().maxRSS;
  return Number(kilobytes) * 1024;
}

/** Empty where there is no /proc. */
function ownStatus(): string {
  try {
    return readFileSync("/proc/self/status", "utf8");
  } catch {
    return "";
  }
}

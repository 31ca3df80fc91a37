import { readdir, readFile } from "node:fs/promises";

/** A running system's function processes, as Linux tells of them (proc_pid_stat(5)). */

export type ProcessUse = Readonly<{ cpuMs: number; megabytes: number }>;

const TICK_MS = 10;
const PAGES_PER_MB = 256;
const IN_COMMAND = "functions/process.ts";

/** Processor time and memory of one; none unless it is a function's process and a child of `system`. */
async function useOf(pid: string, system: number): Promise<readonly ProcessUse[]> {
  const [stat, command] = await Promise.all([
    readFile(`/proc/${pid}/stat`, "utf8"),
    readFile(`/proc/${pid}/cmdline`, "utf8"),
  ]);
  // The name, in parentheses, may hold anything.
  const fields = stat
    .slice(stat.lastIndexOf(")") + 2)
    .split(" ")
    .map(Number);
  const [parent, userTicks = 0, systemTicks = 0, pages = 0] = [fields[1], fields[11], fields[12], fields[21]];
  if (parent !== system || !command.includes(IN_COMMAND)) return [];
  return [{ cpuMs: (userTicks + systemTicks) * TICK_MS, megabytes: pages / PAGES_PER_MB }];
}

/** All of them together, so far; undefined where none is found, as on systems without /proc. */
export async function functionProcesses(system: number): Promise<ProcessUse | undefined> {
  const pids = (await readdir("/proc").catch(() => [])).filter((entry) => /^\d+$/.test(entry));
  const uses = (await Promise.all(pids.map((pid) => useOf(pid, system).catch(() => [])))).flat();
  if (uses.length === 0) return undefined;
  const sum = (which: keyof ProcessUse): number => uses.reduce((total, use) => total + use[which], 0);
  return { cpuMs: sum("cpuMs"), megabytes: sum("megabytes") };
}

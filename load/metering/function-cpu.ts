import { readdir, readFile } from "node:fs/promises";

/** CPU time of a system's functions, each a process of its own. Linux tells it, others do not. */

const TICK_MS = 10;
/** Places in /proc/PID/stat after the name, which may hold anything and ends with the last parenthesis (proc_pid_stat(5)). */
const PARENT = 1;
const USER_TICKS = 11;
const SYSTEM_TICKS = 12;

async function millisecondsOf(pid: string, system: number): Promise<number> {
  const [stat, command] = await Promise.all([
    readFile(`/proc/${pid}/stat`, "utf8"),
    readFile(`/proc/${pid}/cmdline`, "utf8"),
  ]);
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  if (Number(fields[PARENT]) !== system || !command.includes("function-process")) return 0;
  return (Number(fields[USER_TICKS]) + Number(fields[SYSTEM_TICKS])) * TICK_MS;
}

/**
 * Milliseconds that all function processes have used so far; undefined where there is no /proc.
 * @param system the process that runs the system
 */
export async function functionCpuMs(system: number): Promise<number | undefined> {
  const entries = await readdir("/proc").catch(() => undefined);
  if (entries === undefined) return undefined;
  // A process that ends meanwhile is none of those asked for.
  const times = entries.filter((entry) => /^\d+$/.test(entry)).map((pid) => millisecondsOf(pid, system).catch(() => 0));
  return (await Promise.all(times)).reduce((sum, ms) => sum + ms, 0);
}

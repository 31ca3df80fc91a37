import { readdir, readFile } from "node:fs/promises";

/** A running system's processes, as Linux reports them (proc_pid_stat(5)); none on systems without /proc. */

type Process = Readonly<{ pid: number; parent: number; command: string; cpuMs: number; megabytes: number }>;

const TICK_MS = 10;
const PAGES_PER_MB = 256;
const KILOBYTES_PER_MB = 1024;
const IN_COMMAND = "functions/process.ts";

async function readProcess(pid: number): Promise<Process> {
  const read = (file: string): Promise<string> => readFile(`/proc/${pid}/${file}`, "utf8");
  const [stat, command] = await Promise.all([read("stat"), read("cmdline")]);
  // The name, in parentheses, may contain anything.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const [parent = 0, userTicks = 0, systemTicks = 0, pages = 0] = [1, 11, 12, 21].map((at) => Number(fields[at]));
  return { pid, parent, command, cpuMs: (userTicks + systemTicks) * TICK_MS, megabytes: pages / PAGES_PER_MB };
}

async function processes(): Promise<readonly Process[]> {
  const pids = (await readdir("/proc").catch(() => [])).filter((entry) => /^\d+$/.test(entry)).map(Number);
  return (await Promise.all(pids.map((pid) => readProcess(pid).catch(() => [])))).flat();
}

/** The sums over all function processes of a system so far; undefined when none is found. */
export async function functionProcesses(
  system: number,
): Promise<Readonly<{ cpuMs: number; megabytes: number }> | undefined> {
  const those = (await processes()).filter(({ parent, command }) => parent === system && command.includes(IN_COMMAND));
  if (those.length === 0) return undefined;
  const sum = (which: "cpuMs" | "megabytes"): number => those.reduce((total, one) => total + one[which], 0);
  return { cpuMs: sum("cpuMs"), megabytes: sum("megabytes") };
}

/** Memory of a process and all its descendants. Pages shared by several count once (PSS, proc_pid_smaps(5)). */
export async function systemMemory(
  root: number,
): Promise<Readonly<{ megabytes: number; processes: number }> | undefined> {
  const all = await processes();
  if (all.length === 0) return undefined;
  const tree = [root];
  // Grows while it is walked.
  for (const above of tree) tree.push(...all.flatMap(({ pid, parent }) => (parent === above ? [pid] : [])));
  const kilobytes = tree.map(async (pid) => {
    const rollup = await readFile(`/proc/${pid}/smaps_rollup`, "utf8").catch(() => "");
    return Number(/^Pss:\s+(\d+)/m.exec(rollup)?.[1] ?? 0);
  });
  const sum = (await Promise.all(kilobytes)).reduce((total, one) => total + one, 0);
  return { megabytes: sum / KILOBYTES_PER_MB, processes: tree.length };
}

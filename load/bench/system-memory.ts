import { readdir, readFile } from "node:fs/promises";

/** Memory of a process and of all below it. Pages that several share are counted once (PSS, proc_pid_smaps(5)). */
export type SystemMemory = Readonly<{ megabytes: number; processes: number }>;

const KILOBYTES_PER_MB = 1024;

/** Undefined when it has ended. */
async function parentOf(pid: number): Promise<number | undefined> {
  const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "");
  const parent = /^PPid:\s+(\d+)/m.exec(status)?.[1];
  return parent === undefined ? undefined : Number(parent);
}

async function kilobytesOf(pid: number): Promise<number> {
  const rollup = await readFile(`/proc/${pid}/smaps_rollup`, "utf8").catch(() => "");
  return Number(/^Pss:\s+(\d+)/m.exec(rollup)?.[1] ?? 0);
}

/** Undefined on systems without /proc. */
export async function systemMemory(root: number): Promise<SystemMemory | undefined> {
  const pids = (await readdir("/proc").catch(() => [])).filter((entry) => /^\d+$/.test(entry)).map(Number);
  const parents = await Promise.all(pids.map(async (pid) => [pid, await parentOf(pid)] as const));
  if (pids.length === 0) return undefined;
  const tree = [root];
  // Grows while it is walked.
  for (const above of tree) tree.push(...parents.flatMap(([pid, parent]) => (parent === above ? [pid] : [])));
  const kilobytes = await Promise.all(tree.map(kilobytesOf));
  return { megabytes: kilobytes.reduce((sum, one) => sum + one, 0) / KILOBYTES_PER_MB, processes: tree.length };
}

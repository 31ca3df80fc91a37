import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { enrolElectorate, planPosts } from "#load/bench/electorate.ts";
import type { Figure } from "#load/bench/figures.ts";
import { runFlawlessly } from "#load/bench/flawless-run.ts";
import { grouped } from "#load/shared/report.ts";
import type { RunningSystem } from "#load/shared/running-system.ts";

/** Whether the functions' memory stays where it is while very many vote. */

const PARTS = 8;
/** What memory may grow by from half of the votes to the last: garbage is collected when it suits V8. */
const MOST_GROWTH = 1.1;
const KB_PER_MB = 1024;

/** Resident memory of all function processes of a system, in MB; from `ps`, as POSIX has it. */
async function memoryOfFunctions({ pid }: RunningSystem): Promise<number> {
  const { stdout } = await promisify(execFile)("ps", ["-A", "-o", "ppid=,rss=,args="], { maxBuffer: 1 << 26 });
  const kilobytes = stdout.split("\n").flatMap((line) => {
    const [, parent, rss, args = ""] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    return Number(parent) === pid && args.includes("function-process.ts") ? [Number(rss)] : [];
  });
  if (kilobytes.length === 0) throw new Error("the system's functions are not among the processes that ps tells");
  return kilobytes.reduce((sum, one) => sum + one, 0) / KB_PER_MB;
}

/**
 * Votes in parts and looks at the memory after each.
 * @param onPart told how many have voted, and the functions' memory in MB
 */
export async function measureSoak(
  system: RunningSystem,
  votes: number,
  onPart: (voted: number, megabytes: number) => void,
): Promise<Figure> {
  const megabytes: number[] = [];
  const part = Math.ceil(votes / PARTS);
  for (let index = 0; index < PARTS; index++) {
    await runFlawlessly(system, await planPosts(await enrolElectorate(system, part), "all"));
    megabytes.push(await memoryOfFunctions(system));
    onPart((index + 1) * part, megabytes.at(-1) ?? 0);
  }
  const told = megabytes.map((one) => one.toFixed(0)).join(", ");
  return {
    name: `memory of the functions, from ${grouped(part * (PARTS / 2))} to ${grouped(part * PARTS)} votes`,
    value: (megabytes.at(-1) ?? Number.NaN) / (megabytes[PARTS / 2 - 1] ?? Number.NaN),
    unit: "times",
    target: { kind: "at-most", limit: MOST_GROWTH, isBinding: true },
    note: `all function processes together, after each ${grouped(part)} votes: ${told} MB`,
  };
}

import { functionProcesses } from "#load/bench/function-processes.ts";
import { runFlawlessly } from "#load/clients/flawless-run.ts";
import { enrolElectorate, planPosts } from "#load/shared/electorate.ts";
import type { Figure } from "#load/shared/figures.ts";
import { grouped } from "#load/shared/report.ts";
import type { RunningSystem } from "#load/shared/running-system.ts";

/** Whether the functions' memory stays flat while very many vote. */

const PARTS = 8;
/** From half of the votes to the last: V8 collects garbage when it suits. */
const MOST_GROWTH = 1.1;

async function memoryOfFunctions({ pid }: RunningSystem): Promise<number> {
  const use = await functionProcesses(pid);
  if (use === undefined) throw new Error("the system's function processes are not found");
  return use.megabytes;
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

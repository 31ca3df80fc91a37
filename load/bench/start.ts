import { systemMemory } from "#load/bench/system-memory.ts";
import { runFlawlessly } from "#load/clients/flawless-run.ts";
import { enrolElectorate, planPosts } from "#load/shared/electorate.ts";
import type { Figure } from "#load/shared/figures.ts";
import { grouped } from "#load/shared/report.ts";
import { type StartedSystem, startSystem } from "#load/shared/running-system.ts";
import { freePort } from "#local/free-port.ts";

/** What `npm start` takes: seconds, the first time and again, and memory. */

const FIRST_SECONDS = 20;
const AGAIN_SECONDS = 6;
const MEGABYTES = 1_300;
const VOTES = 5_000;

const startFigure = (name: string, { readyAfterMs }: StartedSystem, limit: number): Figure => ({
  name,
  value: readyAfterMs / 1000,
  unit: "s",
  target: { kind: "at-most", limit, isBinding: false },
});

async function memoryFigures({ pid }: StartedSystem): Promise<readonly Figure[]> {
  const memory = await systemMemory(pid);
  if (memory === undefined) return [];
  return [
    {
      name: `memory of npm start, all processes, after ${grouped(VOTES)} votes`,
      value: memory.megabytes,
      unit: "MB",
      target: { kind: "at-most", limit: MEGABYTES, isBinding: true },
      note: `PSS of ${memory.processes} processes`,
    },
  ];
}

export async function measureStart(): Promise<readonly Figure[]> {
  const first = await startSystem(await freePort());
  await first.stop();
  const system = await startSystem(await freePort());
  try {
    await runFlawlessly(system, await planPosts(await enrolElectorate(system, VOTES), "all"));
    return [
      startFigure("npm start to ready", first, FIRST_SECONDS),
      startFigure("npm start to ready, again", system, AGAIN_SECONDS),
      ...(await memoryFigures(system)),
    ];
  } finally {
    await system.stop();
  }
}

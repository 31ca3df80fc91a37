import { functionProcesses, systemMemory } from "#load/bench/processes.ts";
import { runFlawlessly } from "#load/clients/flawless-run.ts";
import { enrolElectorate, planPosts } from "#load/shared/electorate.ts";
import { type Figure, figure, mustBe, shouldBe } from "#load/shared/figures.ts";
import { grouped, say } from "#load/shared/report.ts";
import { startSystem } from "#load/shared/running-system.ts";

/** What `npm start` takes: seconds, the first time and again, and memory, which stays flat however many vote. */

const FIRST_SECONDS = 20;
const AGAIN_SECONDS = 6;
const MEGABYTES = 1_300;
const VOTES = 5_000;

export async function measureStart(): Promise<readonly Figure[]> {
  const first = await startSystem();
  await first[Symbol.asyncDispose]();
  await using system = await startSystem();
  await runFlawlessly(system, await planPosts(await enrolElectorate(system, VOTES), "all"));
  const memory = await systemMemory(system.pid);
  const name = `memory of npm start, all processes, after ${grouped(VOTES)} votes`;
  return [
    figure("npm start to ready", first.readyAfterMs / 1000, "s", shouldBe("≤", FIRST_SECONDS)),
    figure("npm start to ready, again", system.readyAfterMs / 1000, "s", shouldBe("≤", AGAIN_SECONDS)),
    ...(memory === undefined
      ? []
      : [figure(name, memory.megabytes, "MB", mustBe("≤", MEGABYTES), `PSS of ${memory.processes} processes`)]),
  ];
}

const PARTS = 8;
/** From half of the votes to the last: V8 collects garbage when it likes. */
const MOST_GROWTH = 1.1;

/** Votes in parts, and measures the functions' memory after each. */
export async function measureSoak(votes: number): Promise<Figure> {
  await using system = await startSystem();
  const megabytes: number[] = [];
  const part = Math.ceil(votes / PARTS);
  for (let voted = part; voted <= part * PARTS; voted += part) {
    await runFlawlessly(system, await planPosts(await enrolElectorate(system, part), "all"));
    megabytes.push((await functionProcesses(system.pid))?.megabytes ?? Number.NaN);
    say(`  ${voted} votes: ${megabytes.at(-1)?.toFixed(0)} MB`);
  }
  const each = megabytes.map((one) => one.toFixed(0)).join(", ");
  return figure(
    `memory of the functions, from ${grouped(part * (PARTS / 2))} to ${grouped(part * PARTS)} votes`,
    (megabytes.at(-1) ?? Number.NaN) / (megabytes[PARTS / 2 - 1] ?? Number.NaN),
    "times",
    mustBe("≤", MOST_GROWTH),
    `all function processes together, after each ${grouped(part)} votes: ${each} MB`,
  );
}

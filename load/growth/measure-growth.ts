import { runFlawlessly } from "#load/clients/flawless-run.ts";
import { growingElectorate } from "#load/growth/growing-electorate.ts";
import type { GrowthRun } from "#load/growth/growth-run.ts";
import { startMeteredSystem, WATCHING } from "#load/metering/metered-system.ts";
import { grouped } from "#load/shared/report.ts";

/** What a vote costs in an election of some size, metered. */

/** Votes posted at full speed in one go; voters of the next part are made while nobody votes. */
const PART = 10_000;
/** Compiles the code and opens the connections; not measured. */
const WARM_UP = 500;

export type GrowthSize = Readonly<{ votes: number; regions: number }>;

/** Sums what happens in some pieces of work and not between them. */
function gauge(read: () => Promise<readonly number[]>) {
  let sums: readonly number[] = [];
  return {
    async during(work: () => Promise<unknown>): Promise<void> {
      const before = await read();
      await work();
      const after = await read();
      sums = after.map((value, index) => (sums[index] ?? 0) + value - (before[index] ?? 0));
    },
    sums: () => sums,
  };
}

/** Votes on a metered system of its own. Throws when a vote is refused, lost or counted twice. */
export async function measureGrowth(
  port: number,
  { votes, regions }: GrowthSize,
  say: (line: string) => void,
): Promise<GrowthRun> {
  const system = await startMeteredSystem(port);
  try {
    const electorate = await growingElectorate(system.running, regions, WARM_UP + votes);
    await runFlawlessly(system.running, await electorate.next(WARM_UP));
    const used = gauge(async () => {
      const { dynamodb, sqs, functions } = await system.read();
      const units = [...dynamodb.units.values()];
      return [
        units.reduce((sum, { read }) => sum + read, 0),
        units.reduce((sum, { write }) => sum + write, 0),
        [...sqs.requests].reduce((sum, [action, count]) => sum + (WATCHING.has(action) ? 0 : count), 0),
        [...functions.values()].reduce((sum, { invocations }) => sum + invocations, 0),
        [...functions.values()].reduce((sum, { cpuMs }) => sum + cpuMs, 0),
      ];
    });
    for (let voted = 0; voted < votes; ) {
      const plan = await electorate.next(Math.min(PART, votes - voted));
      await used.during(() => runFlawlessly(system.running, plan));
      voted += plan.length;
      const megabytes = Math.round(process.memoryUsage.rss() / 1e6);
      say(`${grouped(voted)} of ${grouped(votes)} votes counted, ${regions} regions, ${megabytes} MB`);
    }
    const [readUnits = 0, writeUnits = 0, queueRequests = 0, invocations = 0, cpuMs = 0] = used
      .sums()
      .map((sum) => Number((sum / votes).toPrecision(4)));
    return {
      votes,
      regions,
      measuredOn: new Date().toISOString().slice(0, "2026-11-21".length),
      perVote: { readUnits, writeUnits, queueRequests, invocations, functionCpuMs: cpuMs },
    };
  } finally {
    await system.stop();
  }
}

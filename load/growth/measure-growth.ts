import { runFlawlessly } from "#load/clients/flawless-run.ts";
import type { CostPerVote, GrowthRun } from "#load/growth/growth-runs.ts";
import { amountsIn, startMeteredSystem, useDuring } from "#load/metering/metered-system.ts";
import type { PlannedPost } from "#load/shared/ballots.ts";
import { openElection } from "#load/shared/elections.ts";
import { enrolElectorate, planPosts } from "#load/shared/electorate.ts";
import { nationalElection } from "#load/shared/national-election.ts";
import { dayOf, grouped, say } from "#load/shared/report.ts";
import { connectTo } from "#load/shared/running-system.ts";
import { seededRandom } from "#load/shared/seeded-random.ts";

/** Voters enrolled at a time, while nobody votes: the more, the fewer imports, each of which counts the whole roll. */
const PART = 100_000;
/** Compiles the code and opens the connections; not measured. */
const WARM_UP = 500;

export type GrowthSize = Readonly<{ votes: number; regions: number }>;

/** Votes on its own metered system. Throws when a vote is refused, lost or counted twice. */
export async function measureGrowth({ votes, regions }: GrowthSize): Promise<GrowthRun> {
  await using system = await startMeteredSystem();
  const { running } = system;
  using connection = connectTo(running);
  const election = await openElection(connection, nationalElection(`growth-${regions}`, regions), "growth");
  const random = seededRandom(1, `growth ${regions}`);
  const planOf = async (voters: number): Promise<readonly PlannedPost[]> =>
    planPosts(await enrolElectorate(running, voters, random, [election]), "all");
  await runFlawlessly(running, await planOf(WARM_UP));
  const amounts: ReturnType<typeof amountsIn>[] = [];
  for (let voted = 0; voted < votes; ) {
    const plan = await planOf(Math.min(PART, votes - voted));
    amounts.push(amountsIn(await useDuring(system, () => runFlawlessly(running, plan))));
    voted += plan.length;
    const megabytes = Math.round(process.memoryUsage.rss() / 1e6);
    say(`${grouped(voted)} of ${grouped(votes)} votes counted, ${regions} regions, ${megabytes} MB`);
  }
  const perVote = (which: keyof CostPerVote): number =>
    Number((amounts.reduce((sum, part) => sum + part[which], 0) / votes).toPrecision(4));
  return {
    votes,
    regions,
    measuredOn: dayOf(new Date()),
    perVote: {
      readUnits: perVote("readUnits"),
      writeUnits: perVote("writeUnits"),
      queueRequests: perVote("queueRequests"),
      invocations: perVote("invocations"),
      functionCpuMs: perVote("functionCpuMs"),
    },
  };
}

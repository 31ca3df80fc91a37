import { measureBarePuts } from "#load/bench/bare-puts.ts";
import { functionProcesses } from "#load/bench/processes.ts";
import { runFlawlessly } from "#load/clients/flawless-run.ts";
import type { PlannedPost } from "#load/shared/ballots.ts";
import { type Figure, figure, medianFigure, mustBe, shouldBe } from "#load/shared/figures.ts";
import type { RunningSystem } from "#load/shared/running-system.ts";

/** Throughput of the whole pipeline and of bare puts, in turn because machines are noisy; and latency at an even pace. */

/** On a machine whose bare loop does 1,300 puts a second; the ratios hold on any. */
const LEAST_PER_SECOND = { sealed: 650, plain: 550 } as const;
const LEAST_RATIO = { sealed: 0.5, plain: 0.42 } as const;
const SLOWEST_P95_MS = 90;
const MOST_CPU_MS = 0.6;

/** Posts of one round: ballots that the caller sealed, as the site does, and ballots that `submit` has to seal. */
export type Round = Readonly<{ sealed: readonly PlannedPost[]; plain: readonly PlannedPost[] }>;

/** A plan compared with the puts around it. `cpuMs` is per vote in all functions; undefined where the machine does not report it. */
type Measured = Awaited<ReturnType<typeof runFlawlessly>> & Readonly<{ ratio: number; cpuMs: number | undefined }>;

/** Runs each plan between two loops of as many puts and compares it with their mean, since machines drift. */
export async function measureThroughput(system: RunningSystem, rounds: readonly Round[]): Promise<readonly Figure[]> {
  const puts = [await measureBarePuts(system.endpoints.dynamodb, rounds[0]?.sealed.length ?? 0)];
  const against = async (plan: readonly PlannedPost[]): Promise<Measured> => {
    const cpuBefore = (await functionProcesses(system.pid))?.cpuMs;
    const run = await runFlawlessly(system, plan);
    const cpuAfter = (await functionProcesses(system.pid))?.cpuMs;
    const before = puts.at(-1) ?? Number.NaN;
    const after = await measureBarePuts(system.endpoints.dynamodb, plan.length);
    puts.push(after);
    const cpuMs = cpuBefore === undefined || cpuAfter === undefined ? undefined : (cpuAfter - cpuBefore) / plan.length;
    return { ...run, ratio: run.votesPerSecond / ((before + after) / 2), cpuMs };
  };
  const sealed: Measured[] = [];
  const plain: Measured[] = [];
  for (const round of rounds) {
    sealed.push(await against(round.sealed));
    plain.push(await against(round.plain));
  }
  const postsPerSecond = sealed.map((round) => round.postsPerSecond);
  const p95s = sealed.map((round) => round.latencies.p95);
  const votesPerSecond = (those: readonly Measured[]) => those.map((round) => round.votesPerSecond);
  const ratios = (those: readonly Measured[]) => those.map(({ ratio }) => ratio);
  const cpuMs = sealed.flatMap((round) => round.cpuMs ?? []);
  const [least, ratio] = [LEAST_PER_SECOND, LEAST_RATIO];
  const how = "ballots sealed by the caller; first post to last count";
  return [
    medianFigure("conditional puts, bare SDK loop", puts, "/s"),
    medianFigure("posts answered, bare client", postsPerSecond, "/s"),
    medianFigure("post p95, as fast as it goes", p95s, "ms", shouldBe("≤", SLOWEST_P95_MS)),
    medianFigure("votes end to end, bare client", votesPerSecond(sealed), "/s", shouldBe("≥", least.sealed), how),
    medianFigure("votes end to end / bare puts", ratios(sealed), "", mustBe("≥", ratio.sealed)),
    ...(cpuMs.length === 0
      ? []
      : [medianFigure("CPU per vote in the functions", cpuMs, "ms", shouldBe("≤", MOST_CPU_MS), "all processes")]),
    medianFigure("the same, plain choices", votesPerSecond(plain), "/s", shouldBe("≥", least.plain)),
    medianFigure("plain choices / bare puts", ratios(plain), "", mustBe("≥", ratio.plain)),
  ];
}

export const PACE_PER_SECOND = 200;
const P95_GOAL_MS = 25;

/** How long a post takes while others vote at an even pace. */
export async function measurePacedPosts(
  system: RunningSystem,
  plan: readonly PlannedPost[],
): Promise<readonly Figure[]> {
  const { latencies } = await runFlawlessly(system, plan, PACE_PER_SECOND);
  const name = (which: string): string => `post ${which} at ${PACE_PER_SECOND} votes/s`;
  const seconds = Math.round(plan.length / PACE_PER_SECOND);
  const how = `bare client, open loop, ${seconds} s; timed from when each post was due`;
  return [
    figure(name("p50"), latencies.p50, "ms", undefined, how),
    figure(name("p95"), latencies.p95, "ms", shouldBe("≤", P95_GOAL_MS)),
    figure(name("p99"), latencies.p99, "ms"),
  ];
}

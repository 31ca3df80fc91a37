import { runFlawlessly } from "#load/clients/flawless-run.ts";
import type { PlannedPost } from "#load/shared/ballots.ts";
import type { Figure } from "#load/shared/figures.ts";
import type { RunningSystem } from "#load/shared/running-system.ts";

/** How long a post takes while others vote at an even pace. */

export const PACE_PER_SECOND = 200;
const P95_GOAL_MS = 25;

export async function measurePacedPosts(
  system: RunningSystem,
  plan: readonly PlannedPost[],
): Promise<readonly Figure[]> {
  const { latencies } = await runFlawlessly(system, plan, PACE_PER_SECOND);
  const name = (which: string): string => `post ${which} at ${PACE_PER_SECOND} votes/s`;
  const seconds = Math.round(plan.length / PACE_PER_SECOND);
  return [
    {
      name: name("p50"),
      value: latencies.p50,
      unit: "ms",
      note: `bare client, open loop, ${seconds} s; timed from when each post was due`,
    },
    {
      name: name("p95"),
      value: latencies.p95,
      unit: "ms",
      target: { kind: "at-most", limit: P95_GOAL_MS, isBinding: false },
    },
    { name: name("p99"), value: latencies.p99, unit: "ms" },
  ];
}

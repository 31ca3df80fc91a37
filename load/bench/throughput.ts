import type { PlannedPost } from "#load/ballots.ts";
import { measureBarePuts } from "#load/bench/bare-puts.ts";
import type { Figure } from "#load/bench/figures.ts";
import { shortNumber } from "#load/bench/figures.ts";
import { runFlawlessly } from "#load/bench/flawless-run.ts";
import { spread } from "#load/percentiles.ts";
import type { RunningSystem } from "#load/running-system.ts";

/** What the whole pipeline costs, against the bare puts it cannot do without: measured in turn, since machines are noisy. */

const LEAST_RATIO = 0.4;

function told(samples: readonly number[]): string {
  const { min, max } = spread(samples);
  return `median of ${samples.length} rounds, ${shortNumber(min)} to ${shortNumber(max)}`;
}

/** Each round puts and votes as many items as its plan has posts; the plan of one round is for its own voters. */
export async function measureThroughput(
  system: RunningSystem,
  rounds: readonly (readonly PlannedPost[])[],
): Promise<readonly Figure[]> {
  const puts: number[] = [];
  const votes: number[] = [];
  const posts: number[] = [];
  for (const plan of rounds) {
    puts.push(await measureBarePuts(system.endpoints.dynamodb, plan.length));
    const run = await runFlawlessly(system, plan);
    votes.push(run.votesPerSecond);
    posts.push(run.postsPerSecond);
  }
  const ratios = votes.map((perSecond, round) => perSecond / (puts[round] ?? Number.NaN));
  const median = (samples: readonly number[]): number => spread(samples).median;
  return [
    { name: "conditional puts, bare SDK loop", value: median(puts), unit: "/s", note: told(puts) },
    { name: "posts answered, bare client", value: median(posts), unit: "/s", note: told(posts) },
    {
      name: "votes end to end, bare client",
      value: median(votes),
      unit: "/s",
      note: `first post to last count; ${told(votes)}`,
    },
    {
      name: "votes end to end / bare puts",
      value: median(ratios),
      unit: "",
      target: { kind: "at-least", limit: LEAST_RATIO, isBinding: true },
      note: told(ratios),
    },
  ];
}

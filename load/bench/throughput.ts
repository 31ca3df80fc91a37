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
  return `median of ${samples.length}, ${shortNumber(min)} to ${shortNumber(max)}`;
}

/**
 * Each round votes its plan, between two loops of as many puts: their mean is what its votes are held against, so that a
 * machine that gets slower or faster meanwhile does not bend the ratio. Every round has voters of its own.
 * @param rounds ballots sealed by the caller, as the site does it
 * @param plain one round more, whose ballots `submit` has to seal
 */
export async function measureThroughput(
  system: RunningSystem,
  rounds: readonly (readonly PlannedPost[])[],
  plain: readonly PlannedPost[],
): Promise<readonly Figure[]> {
  const puts: number[] = [];
  const votes: number[] = [];
  const posts: number[] = [];
  const ratios: number[] = [];
  let putsBefore = await measureBarePuts(system.endpoints.dynamodb, rounds[0]?.length ?? 0);
  puts.push(putsBefore);
  for (const plan of rounds) {
    const run = await runFlawlessly(system, plan);
    votes.push(run.votesPerSecond);
    posts.push(run.postsPerSecond);
    const putsAfter = await measureBarePuts(system.endpoints.dynamodb, plan.length);
    puts.push(putsAfter);
    ratios.push(run.votesPerSecond / ((putsBefore + putsAfter) / 2));
    putsBefore = putsAfter;
  }
  const unsealed = await runFlawlessly(system, plain);
  const median = (samples: readonly number[]): number => spread(samples).median;
  return [
    { name: "conditional puts, bare SDK loop", value: median(puts), unit: "/s", note: told(puts) },
    { name: "posts answered, bare client", value: median(posts), unit: "/s", note: told(posts) },
    {
      name: "votes end to end, bare client",
      value: median(votes),
      unit: "/s",
      note: `ballots sealed by the caller; first post to last count; ${told(votes)}`,
    },
    {
      name: "the same, plain choices",
      value: unsealed.votesPerSecond,
      unit: "/s",
      note: "one round",
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

import { measureBarePuts } from "#load/bench/bare-puts.ts";
import { functionProcesses } from "#load/bench/function-processes.ts";
import { type FlawlessRun, runFlawlessly } from "#load/clients/flawless-run.ts";
import type { PlannedPost } from "#load/shared/ballots.ts";
import type { Figure, Target } from "#load/shared/figures.ts";
import { shortNumber } from "#load/shared/figures.ts";
import { spread } from "#load/shared/percentiles.ts";
import type { RunningSystem } from "#load/shared/running-system.ts";

/** Throughput of the whole pipeline against bare puts, in turn, since machines are noisy. */

/** On a machine whose bare loop does 1,300 puts a second; the ratios hold on others. */
const LEAST_PER_SECOND = { sealed: 650, plain: 550 } as const;
const LEAST_RATIO = { sealed: 0.5, plain: 0.42 } as const;
const SLOWEST_P95_MS = 90;
const MOST_CPU_MS = 0.6;

/** Posts of one round: ballots that the caller sealed, as the site does it, and such as `submit` has to seal. */
export type Round = Readonly<{ sealed: readonly PlannedPost[]; plain: readonly PlannedPost[] }>;

/** A plan against the puts beside it; `cpuMs` a vote in all functions, undefined where the machine does not tell it. */
type Measured = Readonly<{ run: FlawlessRun; ratio: number; cpuMs: number | undefined }>;

function told(samples: readonly number[]): string {
  const { min, max } = spread(samples);
  return `median of ${samples.length}, ${shortNumber(min)} to ${shortNumber(max)}`;
}

/**
 * Each plan is voted between two loops of as many puts and compared with their mean, so that a drifting machine does not bend
 * the ratio.
 */
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
    return { run, ratio: run.votesPerSecond / ((before + after) / 2), cpuMs };
  };
  const sealed: Measured[] = [];
  const plain: Measured[] = [];
  for (const round of rounds) {
    sealed.push(await against(round.sealed));
    plain.push(await against(round.plain));
  }
  const cpuMs = sealed.flatMap((round) => round.cpuMs ?? []);
  const figure = (name: string, unit: string, samples: readonly number[], target?: Target, note = ""): Figure => ({
    name,
    value: spread(samples).median,
    unit,
    ...(target !== undefined && { target }),
    note: `${note}${told(samples)}`,
  });
  const least = (limit: number, isBinding: boolean): Target => ({ kind: "at-least", limit, isBinding });
  return [
    figure("conditional puts, bare SDK loop", "/s", puts),
    figure(
      "posts answered, bare client",
      "/s",
      sealed.map(({ run }) => run.postsPerSecond),
    ),
    figure(
      "post p95, as fast as it goes",
      "ms",
      sealed.map(({ run }) => run.latencies.p95),
      { kind: "at-most", limit: SLOWEST_P95_MS, isBinding: false },
    ),
    figure(
      "votes end to end, bare client",
      "/s",
      sealed.map(({ run }) => run.votesPerSecond),
      least(LEAST_PER_SECOND.sealed, false),
      "ballots sealed by the caller; first post to last count; ",
    ),
    figure(
      "votes end to end / bare puts",
      "",
      sealed.map(({ ratio }) => ratio),
      least(LEAST_RATIO.sealed, true),
    ),
    ...(cpuMs.length === 0
      ? []
      : [
          figure(
            "CPU per vote in the functions",
            "ms",
            cpuMs,
            { kind: "at-most", limit: MOST_CPU_MS, isBinding: false },
            "all their processes, as fast as it goes; ",
          ),
        ]),
    figure(
      "the same, plain choices",
      "/s",
      plain.map(({ run }) => run.votesPerSecond),
      least(LEAST_PER_SECOND.plain, false),
    ),
    figure(
      "plain choices / bare puts",
      "",
      plain.map(({ ratio }) => ratio),
      least(LEAST_RATIO.plain, true),
    ),
  ];
}

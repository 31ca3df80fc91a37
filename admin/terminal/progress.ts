import { Presets, SingleBar } from "cli-progress";
import { grouped } from "#admin/shared/grouped.ts";
import type { OnProgress, Progress } from "#admin/shared/progress.ts";

/** Where no bar can be drawn. */
const LINE_EVERY_MS = 3_000;

export type Reporter = Readonly<{
  report: OnProgress;
  /** Call it when the work ends, well or badly. */
  stop(): void;
}>;

type Figures = Readonly<{ ratePerSecond: number; leftSeconds: number }>;

function figuresOf({ done, total, from = 0 }: Progress, elapsedMs: number): Figures {
  const ratePerSecond = elapsedMs === 0 ? 0 : Math.round(((done - from) / elapsedMs) * 1000);
  return { ratePerSecond, leftSeconds: ratePerSecond === 0 ? 0 : Math.ceil((total - done) / ratePerSecond) };
}

/** `1 h 05 min`, `2 min 10 s`, `8 s`. */
function duration(seconds: number): string {
  if (seconds >= 3600)
    return `${Math.floor(seconds / 3600)} h ${String(Math.floor((seconds % 3600) / 60)).padStart(2, "0")} min`;
  return seconds >= 60 ? `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, "0")} s` : `${seconds} s`;
}

/** Plain lines; none for short work. */
function lineReporter(output: NodeJS.WritableStream, now: () => number): Reporter {
  let step: string | undefined;
  let startedMs = 0;
  let lastMs = 0;
  return {
    report(progress) {
      if (progress.step !== step) {
        step = progress.step;
        startedMs = now();
        lastMs = startedMs;
      }
      if (now() - lastMs < LINE_EVERY_MS) return;
      lastMs = now();
      const { ratePerSecond, leftSeconds } = figuresOf(progress, lastMs - startedMs);
      const [done, total, rate] = [progress.done, progress.total, ratePerSecond].map(grouped);
      output.write(`${step}: ${done} of ${total}, ${rate}/s, ${duration(leftSeconds)} left\n`);
    },
    stop() {},
  };
}

function barReporter(output: NodeJS.WritableStream, now: () => number): Reporter {
  let bar: SingleBar | undefined;
  let step: string | undefined;
  let startedMs = 0;
  return {
    report(progress) {
      if (progress.step !== step) {
        bar?.stop();
        step = progress.step;
        startedMs = now();
        const format = `${step.padEnd(9)} {bar} {percentage}% · {value} of {total} · {rate}/s · {left} left`;
        bar = new SingleBar({ format, stream: output, hideCursor: true, barsize: 28 }, Presets.shades_classic);
        bar.start(progress.total, 0, { rate: 0, left: "…" });
      }
      const { ratePerSecond, leftSeconds } = figuresOf(progress, now() - startedMs);
      bar?.setTotal(progress.total);
      bar?.update(progress.done, { rate: grouped(ratePerSecond), left: duration(leftSeconds) });
    },
    stop: () => bar?.stop(),
  };
}

/** Shows progress on a terminal as a bar, with rate and time left, and elsewhere as plain lines. */
export function progressReporter(output: NodeJS.WriteStream, now: () => number = Date.now): Reporter {
  return output.isTTY ? barReporter(output, now) : lineReporter(output, now);
}

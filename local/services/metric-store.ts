import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod";

/** Figures by metric and minute, as CloudWatch keeps them. With a folder they outlive the process. */

export type MetricKey = Readonly<{
  namespace: string;
  name: string;
  dimensions: Readonly<Record<string, string>>;
}>;

/** Of one minute, or of several together. */
export type Statistics = Readonly<{ sum: number; count: number; minimum: number; maximum: number }>;

export type MetricStore = Readonly<{
  add(metric: MetricKey, atMs: number, values: readonly number[]): void;
  /** Adds the metrics of a log line in the embedded metric format; ignores other lines. */
  addLine(line: string): void;
  /** The minutes of a metric that have values, `fromMs` inclusive, `untilMs` exclusive. */
  minutesOf(metric: MetricKey, fromMs: number, untilMs: number): readonly Readonly<{ atMs: number } & Statistics>[];
  /** Saves what is unsaved. */
  stop(): Promise<void>;
}>;

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** After this time an hour's minutes are merged, as CloudWatch does much later. */
const MINUTES_KEPT_FOR_MS = 6 * HOUR_MS;
const SAVE_AFTER_MS = 500;

const Kept = z.record(
  z.string(),
  z.array(z.tuple([z.number(), z.number(), z.number(), z.number(), z.number()])).readonly(),
);

/** The embedded metric format (CloudWatch user guide, "Specification: Embedded metric format"), as far as it is used. */
const Embedded = z.looseObject({
  _aws: z.object({
    Timestamp: z.number(),
    CloudWatchMetrics: z.array(
      z.object({
        Namespace: z.string(),
        Dimensions: z.array(z.array(z.string())),
        Metrics: z.array(z.object({ Name: z.string() })),
      }),
    ),
  }),
});
const Values = z.union([z.number().transform((one) => [one]), z.array(z.number())]);

function keyOf({ namespace, name, dimensions }: MetricKey): string {
  const named = Object.entries(dimensions).sort(([one], [other]) => (one < other ? -1 : 1));
  return JSON.stringify([namespace, name, named]);
}

function statisticsOf(values: readonly number[]): Statistics {
  return {
    sum: values.reduce((sum, value) => sum + value, 0),
    count: values.length,
    minimum: Math.min(...values),
    maximum: Math.max(...values),
  };
}

function merge(one: Statistics, other: Statistics | undefined): Statistics {
  if (other === undefined) return one;
  return {
    sum: one.sum + other.sum,
    count: one.count + other.count,
    minimum: Math.min(one.minimum, other.minimum),
    maximum: Math.max(one.maximum, other.maximum),
  };
}

type Minutes = Map<number, Statistics>;

/** Merges old minutes by the hour. */
function thinOut(minutes: Minutes, nowMs: number): void {
  for (const [atMs, statistics] of minutes) {
    const hourMs = Math.floor(atMs / HOUR_MS) * HOUR_MS;
    if (atMs === hourMs || atMs > nowMs - MINUTES_KEPT_FOR_MS) continue;
    minutes.delete(atMs);
    minutes.set(hourMs, merge(statistics, minutes.get(hourMs)));
  }
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

async function readKept(file: string): Promise<Map<string, Minutes>> {
  const text = await readFile(file, "utf8").catch(() => "{}");
  const kept = Kept.parse(JSON.parse(text));
  return new Map(
    Object.entries(kept).map(([key, minutes]) => [
      key,
      new Map(minutes.map(([atMs, sum, count, minimum, maximum]) => [atMs, { sum, count, minimum, maximum }])),
    ]),
  );
}

/** @param folder where the figures are kept, as `metrics.json`; in memory when left out */
export async function metricStore(folder?: string): Promise<MetricStore> {
  const file = folder === undefined ? undefined : join(folder, "metrics.json");
  if (folder !== undefined) await mkdir(folder, { recursive: true });
  const metrics = file === undefined ? new Map<string, Minutes>() : await readKept(file);

  let unsaved: ReturnType<typeof setTimeout> | undefined;
  let saved: Promise<void> = Promise.resolve();
  const save = (): void => {
    clearTimeout(unsaved);
    unsaved = undefined;
    if (file === undefined) return;
    saved = saved.then(async () => {
      for (const minutes of metrics.values()) thinOut(minutes, Date.now());
      const kept = [...metrics].map(([key, minutes]) => [
        key,
        [...minutes].map(([atMs, { sum, count, minimum, maximum }]) => [atMs, sum, count, minimum, maximum]),
      ]);
      await writeFile(`${file}.new`, JSON.stringify(Object.fromEntries(kept)));
      await rename(`${file}.new`, file);
    });
  };

  const add: MetricStore["add"] = (metric, atMs, values) => {
    const key = keyOf(metric);
    const minutes = metrics.get(key) ?? new Map<number, Statistics>();
    metrics.set(key, minutes);
    const minuteMs = Math.floor(atMs / MINUTE_MS) * MINUTE_MS;
    minutes.set(minuteMs, merge(statisticsOf(values), minutes.get(minuteMs)));
    if (file !== undefined) unsaved ??= setTimeout(save, SAVE_AFTER_MS);
  };

  return {
    add,

    addLine(line) {
      if (!line.includes('"CloudWatchMetrics"')) return;
      const embedded = Embedded.safeParse(parsed(line));
      if (!embedded.success) return;
      const { _aws, ...figures } = embedded.data;
      for (const { Namespace, Dimensions, Metrics } of _aws.CloudWatchMetrics) {
        for (const { Name } of Metrics) {
          const values = Values.parse(figures[Name]);
          for (const names of Dimensions) {
            const dimensions = Object.fromEntries(names.map((name) => [name, String(figures[name])]));
            add({ namespace: Namespace, name: Name, dimensions }, _aws.Timestamp, values);
          }
        }
      }
    },

    minutesOf(metric, fromMs, untilMs) {
      const minutes = metrics.get(keyOf(metric)) ?? new Map<number, Statistics>();
      return [...minutes]
        .filter(([atMs]) => atMs >= fromMs && atMs < untilMs)
        .map(([atMs, statistics]) => ({ atMs, ...statistics }));
    },

    async stop() {
      if (unsaved !== undefined) save();
      await saved;
    },
  };
}

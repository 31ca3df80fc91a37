import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CloudWatchClient, GetMetricDataCommand } from "@aws-sdk/client-cloudwatch";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startCloudWatch } from "#local/services/cloudwatch.ts";
import { clientConfig } from "#local/services/credentials.ts";
import { type MetricStore, metricStore } from "#local/services/metric-store.ts";

/** Metrics that functions log are read back with the SDK's client, as from CloudWatch. */

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "scrutin-metrics-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const MINUTE_MS = 60_000;
const NOON = Date.parse("2026-11-21T12:00:00Z");

const line = (atMs: number, figures: Record<string, number | readonly number[]>): string =>
  JSON.stringify({
    _aws: {
      Timestamp: atMs,
      CloudWatchMetrics: [
        {
          Namespace: "Scrutin/test",
          Dimensions: [["service"], ["service", "election"]],
          Metrics: Object.keys(figures).map((Name) => ({ Name, Unit: "Count" })),
        },
      ],
    },
    service: "validate",
    election: "1",
    ...figures,
  });

async function ask(
  store: MetricStore,
  dimensions: Record<string, string>,
  {
    name = "VotesAccepted",
    periodSeconds = 60,
    stat = "Sum",
    fromMs = NOON,
    lengthMs = 60 * MINUTE_MS,
    namespace = "Scrutin/test",
  } = {},
) {
  const cloudwatch = await startCloudWatch(store, async ({ namespace: of }) => (of === "AWS/SQS" ? 7 : undefined));
  const client = new CloudWatchClient({ ...clientConfig(cloudwatch.endpoint), maxAttempts: 1 });
  try {
    const { MetricDataResults } = await client.send(
      new GetMetricDataCommand({
        MetricDataQueries: [
          {
            Id: "m0",
            MetricStat: {
              Metric: {
                Namespace: namespace,
                MetricName: name,
                Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
              },
              Period: periodSeconds,
              Stat: stat,
            },
          },
        ],
        StartTime: new Date(fromMs),
        EndTime: new Date(fromMs + lengthMs),
      }),
    );
    const [result] = MetricDataResults ?? [];
    return (result?.Timestamps ?? []).map((at, index) => [(at.getTime() - NOON) / MINUTE_MS, result?.Values?.[index]]);
  } finally {
    client.destroy();
    await cloudwatch.stop();
  }
}

test("values add up by minute for each set of dimensions, and minutes without any are left out", async () => {
  const store = await metricStore();
  store.addLine(line(NOON + 1_000, { VotesAccepted: 2 }));
  store.addLine(line(NOON + 59_000, { VotesAccepted: [1, 1] }));
  store.addLine(line(NOON + 3 * MINUTE_MS, { VotesAccepted: 5 }));
  const expected = [
    [0, 4],
    [3, 5],
  ];
  expect(await ask(store, { service: "validate" })).toEqual(expected);
  expect(await ask(store, { service: "validate", election: "1" })).toEqual(expected);
  expect(await ask(store, { service: "validate", election: "2" })).toEqual([]);
});

test("an hour includes its minutes, the end of the span is exclusive, and the maximum is found", async () => {
  const store = await metricStore();
  store.addLine(line(NOON, { TimeToCount: [3, 11] }));
  store.addLine(line(NOON + 30 * MINUTE_MS, { TimeToCount: 7 }));
  store.addLine(line(NOON + 60 * MINUTE_MS, { TimeToCount: 99 }));
  const of = { name: "TimeToCount", periodSeconds: 3600 };
  expect(await ask(store, { service: "validate" }, of)).toEqual([[0, 21]]);
  expect(await ask(store, { service: "validate" }, { ...of, stat: "Maximum" })).toEqual([[0, 11]]);
});

test("other log lines are ignored, broken ones too", async () => {
  const store = await metricStore();
  for (const other of ["", "a line", '{"level":"ERROR"}', '{"CloudWatchMetrics"', '{"_aws":{"CloudWatchMetrics":1}}']) {
    store.addLine(other);
  }
  expect(await ask(store, { service: "validate" })).toEqual([]);
});

test("values kept in a folder survive a restart, old ones summed by hour", async () => {
  const before = await metricStore(folder);
  before.addLine(line(NOON, { VotesAccepted: 2 }));
  before.addLine(line(NOON + 5 * MINUTE_MS, { VotesAccepted: 3 }));
  await before.stop();
  const day = { periodSeconds: 86_400, lengthMs: 24 * 60 * MINUTE_MS };
  expect(await ask(await metricStore(folder), { service: "validate" }, day)).toEqual([[0, 5]]);
});

test("a damaged folder is an error, not an empty start", async () => {
  await writeFile(join(folder, "metrics.json"), "{");
  await expect(metricStore(folder)).rejects.toThrow();
});

test("metrics of AWS's own services are measured when they are read", async () => {
  const store = await metricStore();
  const read = await ask(
    store,
    { QueueName: "votes" },
    { namespace: "AWS/SQS", name: "ApproximateAgeOfOldestMessage", fromMs: Date.now() - MINUTE_MS },
  );
  expect(read.map(([, value]) => value)).toEqual([7]);
});

test("a query that is not emulated is refused", async () => {
  await expect(ask(await metricStore(), { service: "validate" }, { stat: "p99" })).rejects.toThrow();
});

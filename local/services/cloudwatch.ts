import { createServer } from "node:http";
import { text } from "node:stream/consumers";
import * as z from "zod";
import { listen } from "#local/listening.ts";
import type { MetricKey, MetricStore, Statistics } from "#local/services/metric-store.ts";

/** The part of Amazon CloudWatch that Scrutin uses, over the SDK's protocol (AWS JSON 1.0). */
export type CloudWatchLocal = Readonly<{ endpoint: string; stop(): Promise<void> }>;

const SERVICE = "GraniteServiceVersion20100801";

/** Reads a metric of an AWS service when it is asked for. Undefined for other metrics. */
export type MeasuredNow = (metric: MetricKey) => Promise<number | undefined>;

const Query = z.object({
  Id: z.string(),
  MetricStat: z.object({
    Metric: z.object({
      Namespace: z.string(),
      MetricName: z.string(),
      Dimensions: z.array(z.object({ Name: z.string(), Value: z.string() })).default([]),
    }),
    Period: z.number().int().multipleOf(60),
    Stat: z.enum(["Sum", "SampleCount", "Average", "Minimum", "Maximum"]),
  }),
});
type Query = z.infer<typeof Query>;

/** Instants are seconds since 1970 in this protocol. */
const Request = z.object({ MetricDataQueries: z.array(Query).max(500), StartTime: z.number(), EndTime: z.number() });
type Request = z.infer<typeof Request>;

function statistic(stat: Query["MetricStat"]["Stat"], minutes: readonly Statistics[]): number {
  const sum = minutes.reduce((total, minute) => total + minute.sum, 0);
  const count = minutes.reduce((total, minute) => total + minute.count, 0);
  switch (stat) {
    case "Sum":
      return sum;
    case "SampleCount":
      return count;
    case "Average":
      return sum / count;
    case "Minimum":
      return Math.min(...minutes.map(({ minimum }) => minimum));
    case "Maximum":
      return Math.max(...minutes.map(({ maximum }) => maximum));
    default:
      return stat satisfies never;
  }
}

export async function startCloudWatch(store: MetricStore, measuredNow: MeasuredNow): Promise<CloudWatchLocal> {
  const answerTo = async ({ Id, MetricStat }: Query, fromMs: number, untilMs: number) => {
    const { Metric, Period, Stat } = MetricStat;
    const metric: MetricKey = {
      namespace: Metric.Namespace,
      name: Metric.MetricName,
      dimensions: Object.fromEntries(Metric.Dimensions.map(({ Name, Value }) => [Name, Value])),
    };
    const now = await measuredNow(metric);
    if (now !== undefined) store.add(metric, Date.now(), [now]);
    const periodMs = Period * 1000;
    const periods = Map.groupBy(
      store.minutesOf(metric, fromMs, untilMs),
      ({ atMs }) => fromMs + Math.floor((atMs - fromMs) / periodMs) * periodMs,
    );
    const ascending = [...periods].sort(([one], [other]) => one - other);
    return {
      Id,
      Label: Metric.MetricName,
      StatusCode: "Complete",
      Timestamps: ascending.map(([atMs]) => atMs / 1000),
      Values: ascending.map(([, minutes]) => statistic(Stat, minutes)),
    };
  };

  const getMetricData = async ({ MetricDataQueries, StartTime, EndTime }: Request) => ({
    MetricDataResults: await Promise.all(
      MetricDataQueries.map((query) => answerTo(query, StartTime * 1000, EndTime * 1000)),
    ),
    Messages: [],
  });

  const server = createServer(async (request, response) => {
    const action = String(request.headers["x-amz-target"] ?? "");
    const answer = await text(request)
      .then(async (body) => {
        // Nothing rings on one machine.
        if (action === `${SERVICE}.DescribeAlarms`)
          return { status: 200, body: { MetricAlarms: [], CompositeAlarms: [] } };
        if (action !== `${SERVICE}.GetMetricData`) throw new Error(`${action} is not emulated here`);
        return { status: 200, body: await getMetricData(Request.parse(JSON.parse(body))) };
      })
      .catch((error: unknown) => ({
        status: 400,
        body: { __type: "InvalidParameterValueException", message: error instanceof Error ? error.message : "" },
      }));
    response.writeHead(answer.status, { "content-type": "application/x-amz-json-1.0" });
    response.end(JSON.stringify(answer.body));
  });
  const port = await listen(server);

  return {
    endpoint: `http://127.0.0.1:${port}`,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

import { type CloudWatchClient, GetMetricDataCommand, type MetricDataQuery } from "@aws-sdk/client-cloudwatch";

/** Reads metrics back from CloudWatch. */

export type Metric = Readonly<{
  namespace: string;
  name: string;
  dimensions: Readonly<Record<string, string>>;
  stat: "Sum" | "Maximum";
}>;

/** Whole periods, from the start of the first to the end of the last, in milliseconds since 1970. */
export type Span = Readonly<{ fromMs: number; untilMs: number; periodMs: number }>;

/** One value per period of the span, in order; undefined where nothing was measured. */
export type Series = readonly (number | undefined)[];

export type Measurements = Readonly<{
  /** The series of each metric, in the order of the metrics. @throws when CloudWatch does not answer all of it in time */
  read(metrics: readonly Metric[], span: Span): Promise<readonly Series[]>;
}>;

/** GetMetricData takes at most 500 metrics (https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html). */
const METRICS_PER_REQUEST = 500;
const PATIENCE_MS = 3_000;

function query(metric: Metric, index: number, periodMs: number): MetricDataQuery {
  const Dimensions = Object.entries(metric.dimensions).map(([Name, Value]) => ({ Name, Value }));
  return {
    Id: `m${index}`,
    MetricStat: {
      Metric: { Namespace: metric.namespace, MetricName: metric.name, Dimensions },
      Period: periodMs / 1000,
      Stat: metric.stat,
    },
  };
}

export function cloudWatch(client: CloudWatchClient): Measurements {
  const readSome = async (metrics: readonly Metric[], { fromMs, untilMs, periodMs }: Span): Promise<Series[]> => {
    const periods = Math.ceil((untilMs - fromMs) / periodMs);
    const series = metrics.map(() => new Array<number | undefined>(periods).fill(undefined));
    let next: string | undefined;
    do {
      const page = await client.send(
        new GetMetricDataCommand({
          MetricDataQueries: metrics.map((metric, index) => query(metric, index, periodMs)),
          StartTime: new Date(fromMs),
          EndTime: new Date(untilMs),
          ...(next !== undefined && { NextToken: next }),
        }),
        { abortSignal: AbortSignal.timeout(PATIENCE_MS) },
      );
      for (const { Id, Timestamps = [], Values = [], StatusCode } of page.MetricDataResults ?? []) {
        if (StatusCode !== "Complete" && StatusCode !== "PartialData") throw new Error(`a metric is ${StatusCode}`);
        const found = series[Number(Id?.slice(1))];
        for (const [index, at] of Timestamps.entries()) {
          if (found !== undefined) found[Math.floor((at.getTime() - fromMs) / periodMs)] = Values[index];
        }
      }
      next = page.NextToken;
    } while (next !== undefined);
    return series;
  };

  return {
    async read(metrics, span) {
      if (span.untilMs <= span.fromMs) return metrics.map(() => []);
      const all: Series[] = [];
      for (let start = 0; start < metrics.length; start += METRICS_PER_REQUEST) {
        all.push(...(await readSome(metrics.slice(start, start + METRICS_PER_REQUEST), span)));
      }
      return all;
    },
  };
}

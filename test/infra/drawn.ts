import * as z from "zod";

/** Reads the JSON of CloudWatch dashboards and alarms ("Dashboard body structure and syntax" in the API reference). */

export type Drawn = Readonly<{
  namespace: string;
  name: string;
  dimensions: Readonly<Record<string, string>>;
  statistic: string | undefined;
}>;

export type DashboardContent = Readonly<{
  metrics: readonly Drawn[];
  searches: readonly Readonly<{ expression: string; label: string | undefined }>[];
  alarms: readonly string[];
  texts: string;
}>;

const Options = z.looseObject({
  expression: z.string().optional(),
  label: z.string().optional(),
  stat: z.string().optional(),
});
const Widget = z.object({
  type: z.string(),
  properties: z.looseObject({
    markdown: z.string().optional(),
    alarms: z.array(z.string()).default([]),
    metrics: z.array(z.array(z.union([z.string(), Options]))).default([]),
  }),
});
const Body = z.object({ widgets: z.array(Widget) });

/** `["AWS/SQS", "Depth", "QueueName", "votes", { stat: "Sum" }]`, or `[{ expression: "…" }]`. */
function readMetric(parts: readonly (string | z.infer<typeof Options>)[]): Drawn | undefined {
  const texts = parts.filter((part) => typeof part === "string");
  const options = parts.find((part) => typeof part !== "string");
  const [namespace, name, ...pairs] = texts;
  if (namespace === undefined || name === undefined) return undefined;
  const dimensions: Record<string, string> = {};
  for (let index = 0; index < pairs.length; index += 2) dimensions[pairs[index] ?? ""] = pairs[index + 1] ?? "";
  return { namespace, name, dimensions, statistic: options?.stat };
}

/** @param body a dashboard's body, with references resolved */
export function drawnOn(body: string): DashboardContent {
  const { widgets } = Body.parse(JSON.parse(body));
  const all = widgets.flatMap(({ properties }) => properties.metrics);
  const expressions = all.flatMap((parts) =>
    parts.flatMap((part) => (typeof part !== "string" && part.expression !== undefined ? [part] : [])),
  );
  return {
    metrics: all.flatMap((parts) => readMetric(parts) ?? []),
    searches: expressions.flatMap(({ expression = "", label }) =>
      expression.startsWith("SEARCH") ? [{ expression, label }] : [],
    ),
    alarms: widgets.flatMap(({ properties }) => properties.alarms),
    texts: widgets.map(({ properties }) => properties.markdown ?? "").join("\n"),
  };
}

const Dimensions = z.array(z.object({ Name: z.string(), Value: z.unknown() })).default([]);
const Query = z.object({
  MetricStat: z
    .object({
      Metric: z.object({ MetricName: z.string(), Namespace: z.string(), Dimensions }),
      Stat: z.string(),
    })
    .optional(),
});
const AlarmMetrics = z.object({
  MetricName: z.string().optional(),
  Namespace: z.string().optional(),
  Dimensions,
  Metrics: z.array(Query).optional(),
});

/** The metrics that an alarm watches, directly or in an expression; none for a composite alarm. */
export function metricsOfAlarm(properties: unknown, read: (value: unknown) => string): readonly Drawn[] {
  const { MetricName, Namespace, Dimensions: own, Metrics = [] } = AlarmMetrics.parse(properties);
  const drawn = (namespace: string, name: string, given: z.infer<typeof Dimensions>, statistic?: string): Drawn => ({
    namespace,
    name,
    dimensions: Object.fromEntries(given.map(({ Name, Value }) => [Name, read(Value)])),
    statistic,
  });
  const single = MetricName === undefined || Namespace === undefined ? [] : [drawn(Namespace, MetricName, own)];
  const queried = Metrics.flatMap(({ MetricStat: stat }) =>
    stat === undefined ? [] : [drawn(stat.Metric.Namespace, stat.Metric.MetricName, stat.Metric.Dimensions, stat.Stat)],
  );
  return [...single, ...queried];
}

import { Duration } from "aws-cdk-lib";
import { type IMetric, MathExpression, Metric } from "aws-cdk-lib/aws-cloudwatch";
import type { TableV2 } from "aws-cdk-lib/aws-dynamodb";
import { MEASURED_BY, type MetricName } from "#functions/runtime/metrics-contract.ts";
import type { Config } from "#infra/config.ts";
import { metricsNamespace, type ScrutinFunction } from "#infra/functions/scrutin-function.ts";
import type { Api } from "#infra/voting/api.ts";

/** Metrics for dashboards and alarms: Scrutin's own, and AWS's of Scrutin's parts. */

const ONE_MINUTE = Duration.minutes(1);

export type Shown = Readonly<{ statistic?: string; period?: Duration; label?: string }>;

/** Over all elections. */
export function measured(config: Config, name: MetricName, shown: Shown = {}): Metric {
  return new Metric({
    namespace: metricsNamespace(config),
    metricName: name,
    dimensionsMap: { service: MEASURED_BY[name] },
    statistic: "Sum",
    period: ONE_MINUTE,
    ...shown,
  });
}

/** A line per election or per reason. A search, because elections are applied after the dashboard is deployed. */
export function measuredBy(
  dimension: "election" | "reason",
  config: Config,
  name: MetricName,
  period: Duration,
): MathExpression {
  const schema = `{"${metricsNamespace(config)}",${dimension},service}`;
  return new MathExpression({
    expression: `SEARCH('${schema} MetricName="${name}" service="${MEASURED_BY[name]}"', 'Sum')`,
    label: `\${PROP('Dim.${dimension}')}`,
    period,
  });
}

export function ofApi(api: Api, metricName: "Count" | "4xx" | "5xx" | "Latency", shown: Shown = {}): Metric {
  return new Metric({
    namespace: "AWS/ApiGateway",
    metricName,
    dimensionsMap: { ApiId: api.httpApi.apiId },
    statistic: "Sum",
    period: ONE_MINUTE,
    ...shown,
  });
}

export function ofFunction(
  { lambda }: ScrutinFunction,
  metricName: "Invocations" | "Duration" | "Errors" | "Throttles" | "IteratorAge",
  shown: Shown = {},
): Metric {
  return lambda.metric(metricName, { statistic: "Sum", period: ONE_MINUTE, ...shown });
}

export function ofTable(
  table: TableV2,
  metricName: "ReadThrottleEvents" | "WriteThrottleEvents" | "ConsumedReadCapacityUnits" | "ConsumedWriteCapacityUnits",
  shown: Shown = {},
): Metric {
  return new Metric({
    namespace: "AWS/DynamoDB",
    metricName,
    dimensionsMap: { TableName: table.tableName },
    statistic: "Sum",
    period: ONE_MINUTE,
    ...shown,
  });
}

export type Term = readonly [metric: IMetric, factor: number];

/** CloudWatch expressions take no exponents. */
const plainly = (factor: number): string => factor.toFixed(15).replace(/\.?0+$/, "");

/**
 * A sum in which a missing value is 0.
 * @param id prefix of the terms' names, unique among the sums of a widget
 */
export function weightedSum(id: string, terms: readonly Term[], shown: Omit<Shown, "statistic"> = {}): MathExpression {
  return new MathExpression({
    expression: terms
      .map(([, factor], index) => `FILL(${id}${index}, 0)${factor === 1 ? "" : ` * ${plainly(factor)}`}`)
      .join(" + "),
    usingMetrics: Object.fromEntries(terms.map(([metric], index) => [`${id}${index}`, metric])),
    period: ONE_MINUTE,
    ...shown,
  });
}

/** `weightedSum` with all weights 1. */
export function sumOf(id: string, metrics: readonly IMetric[], shown: Omit<Shown, "statistic"> = {}): MathExpression {
  return weightedSum(
    id,
    metrics.map((metric) => [metric, 1]),
    shown,
  );
}

import { Duration } from "aws-cdk-lib";
import { type IMetric, MathExpression, Metric } from "aws-cdk-lib/aws-cloudwatch";
import type { TableV2 } from "aws-cdk-lib/aws-dynamodb";
import { MEASURED_BY, type MetricName } from "#functions/runtime/metrics-contract.ts";
import type { Config } from "#infra/config.ts";
import { metricsNamespace, type ScrutinFunction } from "#infra/functions/scrutin-function.ts";
import type { Api } from "#infra/voting/api.ts";

/** The metrics that dashboards draw and alarms watch: Scrutin's own, and AWS's of Scrutin's parts. */

const ONE_MINUTE = Duration.minutes(1);

export type Shown = Readonly<{ statistic?: string; period?: Duration; label?: string }>;

/** One of Scrutin's own, of all elections together. */
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

/** One of Scrutin's own, a line for each election there is: elections come after the dashboard was deployed. */
export function measuredByElection(config: Config, name: MetricName, label: string, period: Duration): MathExpression {
  const schema = `{"${metricsNamespace(config)}",election,service}`;
  return new MathExpression({
    expression: `SEARCH('${schema} MetricName="${name}" service="${MEASURED_BY[name]}"', 'Sum')`,
    label: `\${PROP('Dim.election')} ${label}`,
    period,
  });
}

/** One of Scrutin's own, a line for each reason. */
export function measuredByReason(config: Config, name: MetricName, period: Duration): MathExpression {
  const schema = `{"${metricsNamespace(config)}",reason,service}`;
  return new MathExpression({
    expression: `SEARCH('${schema} MetricName="${name}" service="${MEASURED_BY[name]}"', 'Sum')`,
    label: `\${PROP('Dim.reason')}`,
    period,
  });
}

/** What API Gateway counts of the HTTP API. */
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

/** What Lambda measures of a function. */
export function ofFunction(
  { lambda }: ScrutinFunction,
  metricName: "Invocations" | "Duration" | "Errors" | "Throttles" | "IteratorAge",
  shown: Shown = {},
): Metric {
  return lambda.metric(metricName, { statistic: "Sum", period: ONE_MINUTE, ...shown });
}

/** What DynamoDB measures of a table. */
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

/** A metric and what it is multiplied by. */
export type Term = readonly [metric: IMetric, factor: number];

/** A number as CloudWatch reads it: it knows no exponents. */
const plainly = (factor: number): string => factor.toFixed(15).replace(/\.?0+$/, "");

/**
 * A weighted sum, in which nothing measured is 0.
 * @param id begins the names of its terms; no two sums of one widget may share it
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

/** The sum of metrics, in which nothing measured is 0; see weightedSum. */
export function sumOf(id: string, metrics: readonly IMetric[], shown: Omit<Shown, "statistic"> = {}): MathExpression {
  return weightedSum(
    id,
    metrics.map((metric) => [metric, 1]),
    shown,
  );
}

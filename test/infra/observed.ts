import { isDeepStrictEqual } from "node:util";
import * as z from "zod";
import { MEASURED_BY, METRICS, type MetricName } from "#functions/runtime/metrics-contract.ts";
import { type Drawn, drawnOn } from "#test/infra/drawn.ts";
import type { Stage } from "#test/infra/stage.ts";

/** What the stage `rules` shows and watches, and whether it is measured. */

export const NAMESPACE = "Scrutin/rules";
export const NAMES: readonly string[] = Object.values(METRICS);

const Dashboard = z.object({ DashboardName: z.string(), DashboardBody: z.unknown() });
/** The content of each dashboard. */
export const dashboards = (of: Stage) =>
  of.parts("AWS::CloudWatch::Dashboard", Dashboard).map(({ properties }) => ({
    name: properties.DashboardName,
    drawn: drawnOn(of.read(properties.DashboardBody)),
  }));

export const AlarmProperties = z.object({
  AlarmName: z.string(),
  AlarmDescription: z.string(),
  AlarmActions: z.array(z.unknown()).default([]),
  OKActions: z.array(z.unknown()).default([]),
  TreatMissingData: z.string().optional(),
  Metrics: z.unknown().optional(),
  MetricName: z.string().optional(),
  Namespace: z.string().optional(),
  Dimensions: z.array(z.object({ Name: z.string(), Value: z.unknown() })).default([]),
  ComparisonOperator: z.string().optional(),
  Threshold: z.number().optional(),
  AlarmRule: z.unknown().optional(),
});
/** Every alarm, including composite ones and their conditions. */
export const alarms = (of: Stage) => [
  ...of.parts("AWS::CloudWatch::Alarm", AlarmProperties),
  ...of.parts("AWS::CloudWatch::CompositeAlarm", AlarmProperties),
];
/** Those that notify; the others are conditions of a composite one. */
export const ringing = (of: Stage) => alarms(of).filter(({ properties }) => properties.AlarmActions.length > 0);

/** Whether an alarm is of CloudFront's region, out of reach of the stage's dashboards. */
export const isOfSite = (of: Stage, id: string): boolean =>
  of.around(id).beside.some((other) => other.startsWith("Distribution"));

/** A function in CloudFront's region, out of reach of the stage's alarms and dashboards; no vote needs it. */
const IN_ANOTHER_REGION = "origin-keys";

/** Names of everything that AWS has metrics of, by dimension. */
export function namesOf(stage: Stage, dimension: string): readonly string[] {
  const Queue = z.object({});
  switch (dimension) {
    case "FunctionName":
      return [...stage.functions()]
        .filter(([name]) => name !== IN_ANOTHER_REGION)
        .map(([, { id }]) => stage.read({ Ref: id }));
    case "QueueName":
      return stage.parts("AWS::SQS::Queue", Queue).map(({ id }) => stage.read({ "Fn::GetAtt": [id, "QueueName"] }));
    case "TableName":
      return stage.parts("AWS::DynamoDB::GlobalTable", Queue).map(({ id }) => stage.read({ Ref: id }));
    case "ApiId":
      return stage.parts("AWS::ApiGatewayV2::Api", Queue).map(({ id }) => stage.read({ Ref: id }));
    case "DistributionId":
      return stage.parts("AWS::CloudFront::Distribution", Queue).map(({ id }) => stage.read({ Ref: id }));
    case "WebACL": {
      const List = z.object({ VisibilityConfig: z.object({ MetricName: z.string() }) });
      return stage.parts("AWS::WAFv2::WebACL", List).map(({ properties }) => properties.VisibilityConfig.MetricName);
    }
    default:
      return [];
  }
}

/** Dimensions that say nothing of what is measured, but without which AWS has no such metric. */
const WHOLE: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  DistributionId: { Region: "Global" },
  WebACL: { Rule: "ALL" },
};

/** What is wrong with a drawn metric; undefined when it exists. */
export function faultOf(stage: Stage, { namespace, name, dimensions }: Drawn): string | undefined {
  const told = `${namespace} ${name} ${JSON.stringify(dimensions)}`;
  if (namespace.startsWith("AWS/")) {
    const [dimension = "", value = ""] =
      Object.entries(dimensions).find(([one]) => WHOLE[one] !== undefined) ?? Object.entries(dimensions)[0] ?? [];
    const isWhole = isDeepStrictEqual({ ...dimensions }, { [dimension]: value, ...WHOLE[dimension] });
    return isWhole && namesOf(stage, dimension).includes(value) ? undefined : `of nothing of ours: ${told}`;
  }
  const Filter = z.object({
    MetricTransformations: z.array(z.object({ MetricName: z.string(), MetricNamespace: z.string() })),
  });
  const filtered = stage
    .parts("AWS::Logs::MetricFilter", Filter)
    .flatMap(({ properties }) => properties.MetricTransformations)
    .some((made) => made.MetricName === name && made.MetricNamespace === namespace);
  if (filtered) return Object.keys(dimensions).length === 0 ? undefined : `filters have no dimensions: ${told}`;
  if (namespace !== NAMESPACE || !NAMES.includes(name)) return `measured by nobody: ${told}`;
  return dimensions.service === MEASURED_BY[name as MetricName] && Object.keys(dimensions).length === 1
    ? undefined
    : `not as it is measured: ${told}`;
}

import type { Duration } from "aws-cdk-lib";
import { Metric } from "aws-cdk-lib/aws-cloudwatch";
import { FilterPattern, type LogGroup, MetricFilter } from "aws-cdk-lib/aws-logs";
import type { Construct } from "constructs";
import type { Config } from "#infra/config.ts";
import { metricsNamespace } from "#infra/functions/scrutin-function.ts";
import type { API_LOG_RECORD } from "#infra/log-records.ts";
import type { Api } from "#infra/voting/api.ts";

const field = (name: keyof typeof API_LOG_RECORD): string => `$.${name}`;

/** A request that reached no function: the access log writes `-` for no value. */
const TURNED_AWAY = `{ (${field("status")} = "429") && (${field("integration")} = "-") }`;

/**
 * Counts throttled requests from the API's access log, since API Gateway's own metric has all 4xx. An excess of them may be in
 * neither (API Gateway guide, "Monitor HTTP APIs"); `countSentAway` counts them all, as voters see them.
 */
export function countTurnedAway(scope: Construct, api: Api, config: Config): MetricFilter {
  return new MetricFilter(scope, "TurnedAway", {
    logGroup: api.accessLog,
    filterPattern: FilterPattern.literal(TURNED_AWAY),
    metricNamespace: metricsNamespace(config),
    metricName: "RequestsTurnedAway",
    metricValue: "1",
  });
}

const SENT_AWAY = "RequestsSentAway";

/** Counts what CloudFront answers with 429, whether from the API or from the firewall, in CloudFront's region. */
export function countSentAway(scope: Construct, accessLog: LogGroup, config: Config): void {
  new MetricFilter(scope, "SentAway", {
    logGroup: accessLog,
    filterPattern: FilterPattern.literal('{ ($.sc-status = "429") || ($.sc-status = 429) }'),
    metricNamespace: metricsNamespace(config),
    metricName: SENT_AWAY,
    metricValue: "1",
  });
}

/** What `countSentAway` counts, for a dashboard in another region. */
export const sentAway = (
  config: Config,
  region: string,
  shown: Readonly<{ label: string; period: Duration }>,
): Metric =>
  new Metric({ namespace: metricsNamespace(config), metricName: SENT_AWAY, region, statistic: "Sum", ...shown });

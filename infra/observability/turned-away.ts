import { FilterPattern, MetricFilter } from "aws-cdk-lib/aws-logs";
import type { Construct } from "constructs";
import type { Config } from "#infra/config.ts";
import { metricsNamespace } from "#infra/functions/scrutin-function.ts";
import type { Api } from "#infra/voting/api.ts";

/** A request that reached no function: the access log writes `-` for no value. */
const TURNED_AWAY = '{ ($.status = "429") && ($.integrationStatus = "-") }';

/** Counts throttled requests from the API's access log, since API Gateway's own metric has all 4xx. */
export function countTurnedAway(scope: Construct, api: Api, config: Config): MetricFilter {
  return new MetricFilter(scope, "TurnedAway", {
    logGroup: api.accessLog,
    filterPattern: FilterPattern.literal(TURNED_AWAY),
    metricNamespace: metricsNamespace(config),
    metricName: "RequestsTurnedAway",
    metricValue: "1",
  });
}

import { Duration } from "aws-cdk-lib";
import type { IMetric, MathExpression } from "aws-cdk-lib/aws-cloudwatch";
import type { TableV2 } from "aws-cdk-lib/aws-dynamodb";
import type { Queue } from "aws-cdk-lib/aws-sqs";
import type { ScrutinFunction } from "#infra/functions/scrutin-function.ts";
import { ofApi, ofFunction, ofTable, sumOf, type Term, weightedSum } from "#infra/observability/metrics.ts";
import { PRICES } from "#infra/prices.ts";
import type { Api } from "#infra/voting/api.ts";

/**
 * Cost in US dollars: measured use times list price. Storage, logs, metrics, keys and the CDN are left out: votes hardly
 * change them.
 */
export type Cost = Readonly<{ api: IMetric; functions: IMetric; queues: IMetric; tables: IMetric; total: IMetric }>;

/** `messagesPerRequest`: those that Lambda receives or deletes in one request. */
export type PricedQueue = Readonly<{ queue: Queue; messagesPerRequest: number }>;

export type CostParts = Readonly<{
  api: Api;
  functions: readonly ScrutinFunction[];
  queues: readonly PricedQueue[];
  tables: readonly TableV2[];
}>;

const MILLISECONDS_PER_SECOND = 1000;
const MEGABYTES_PER_GIGABYTE = 1024;

const period = Duration.hours(1);

function costOfFunction(fn: ScrutinFunction): readonly Term[] {
  const perMillisecond =
    ((fn.memoryMegabytes / MEGABYTES_PER_GIGABYTE) * PRICES.lambdaGigabyteSecond) / MILLISECONDS_PER_SECOND;
  return [
    [ofFunction(fn, "Invocations", { period }), PRICES.lambdaRequest],
    [ofFunction(fn, "Duration", { period }), perMillisecond],
  ];
}

function costOfQueue({ queue, messagesPerRequest }: PricedQueue): readonly Term[] {
  const counted = { statistic: "Sum", period };
  return [
    [queue.metricNumberOfMessagesSent(counted), PRICES.queueRequest],
    [queue.metricNumberOfEmptyReceives(counted), PRICES.queueRequest],
    [queue.metricNumberOfMessagesReceived(counted), PRICES.queueRequest / messagesPerRequest],
    [queue.metricNumberOfMessagesDeleted(counted), PRICES.queueRequest / messagesPerRequest],
  ];
}

function costOfTable(table: TableV2): readonly Term[] {
  return [
    [ofTable(table, "ConsumedReadCapacityUnits", { period }), PRICES.tableReadUnit],
    [ofTable(table, "ConsumedWriteCapacityUnits", { period }), PRICES.tableWriteUnit],
  ];
}

export function costSoFar(
  { api, functions, queues, tables }: CostParts,
  labels: Readonly<Record<keyof Cost, string>>,
): Cost {
  const cost = (id: Exclude<keyof Cost, "total">, terms: readonly Term[]): MathExpression =>
    weightedSum(`${id}Term`, terms, { label: labels[id], period });
  const parts = {
    api: cost("api", [[ofApi(api, "Count", { period }), PRICES.apiRequest]]),
    functions: cost("functions", functions.flatMap(costOfFunction)),
    queues: cost("queues", queues.flatMap(costOfQueue)),
    tables: cost("tables", tables.flatMap(costOfTable)),
  };
  return { ...parts, total: sumOf("part", Object.values(parts), { label: labels.total, period }) };
}

import { type Endpoints, type Mapping, queueUrl } from "#local/deployment/deployment.ts";
import type { FunctionHost } from "#local/functions/host.ts";
import { mapQueue } from "#local/functions/queue-mapping.ts";
import type { StreamCheckpoints } from "#local/functions/stream-checkpoints.ts";
import { mapStream } from "#local/functions/stream-mapping.ts";
import type { MetricStore } from "#local/services/metric-store.ts";
import type { Stoppable } from "#local/stoppable.ts";

export type MappingsOptions = Readonly<{
  mappings: readonly Mapping[];
  /** By logical id. */
  hosts: ReadonlyMap<string, FunctionHost>;
  endpoints: Endpoints;
  checkpoints: StreamCheckpoints;
  metrics: MetricStore;
}>;

/** Starts the templates' event source mappings. */
export function startMappings(options: MappingsOptions): readonly Stoppable[] {
  const { mappings, hosts, endpoints, checkpoints, metrics } = options;
  return mappings.map((mapping) => {
    const to = hosts.get(mapping.FunctionName);
    if (to === undefined) throw new Error(`an event source leads to ${mapping.FunctionName}, which is no function`);
    const reportsFailures = mapping.FunctionResponseTypes.includes("ReportBatchItemFailures");
    if (mapping.EventSourceArn.includes(":sqs:")) {
      return mapQueue({
        endpoint: endpoints.sqs,
        queueUrl: queueUrl(endpoints.sqs, mapping.EventSourceArn),
        queueArn: mapping.EventSourceArn,
        batchSize: mapping.BatchSize,
        batchWindowMs: mapping.MaximumBatchingWindowInSeconds * 1000,
        reportsFailures,
        maxConcurrency: mapping.ScalingConfig?.MaximumConcurrency ?? Number.POSITIVE_INFINITY,
        to,
      });
    }
    if (mapping.TumblingWindowInSeconds === undefined)
      throw new Error("the votes stream's mapping has no tumbling window");
    return mapStream({
      endpoint: endpoints.dynamodb,
      streamArn: mapping.EventSourceArn,
      batchSize: mapping.BatchSize,
      batchWindowMs: mapping.MaximumBatchingWindowInSeconds * 1000,
      windowMs: mapping.TumblingWindowInSeconds * 1000,
      reportsFailures,
      checkpoints,
      to,
      onIteratorAge: (ageMs) =>
        metrics.add(
          { namespace: "AWS/Lambda", name: "IteratorAge", dimensions: { FunctionName: mapping.FunctionName } },
          Date.now(),
          [ageMs],
        ),
    });
  });
}

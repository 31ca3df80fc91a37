import { chmod, mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Endpoints } from "#local/deployment/deployment.ts";
import { type CloudWatchLocal, startCloudWatch } from "#local/services/cloudwatch.ts";
import { launchDynamoDbLocal } from "#local/services/dynamodb-local.ts";
import { type MetricStore, metricStore } from "#local/services/metric-store.ts";
import { startSecretsManager } from "#local/services/secrets-manager.ts";
import { type SqsLocal, startSqs } from "#local/services/sqs.ts";
import { type Stoppable, stopAll } from "#local/stoppable.ts";

/** The embedded services. */
export type Services = Readonly<{
  endpoints: Endpoints;
  metrics: MetricStore;
  /** The database starts last. Throws Refusal when it does not. */
  databaseAnswers(): Promise<void>;
  stop(): Promise<void>;
}>;

export type ServicesOptions = Readonly<{
  /** Keeps tables, queues, secrets and metrics; in memory when left out. */
  dataFolder?: string | undefined;
  /** Of the database. */
  niceness: number;
}>;

/** Metrics, with those that SQS would report. */
export function startMetrics(metrics: MetricStore, sqs: SqsLocal): Promise<CloudWatchLocal> {
  return startCloudWatch(metrics, async ({ namespace, name, dimensions: { QueueName = "" } }) =>
    namespace === "AWS/SQS" && name === "ApproximateAgeOfOldestMessage"
      ? (await sqs.oldestAgeMs(QueueName)) / 1000
      : undefined,
  );
}

/** Starts them all and resolves once all but the database answer. */
export async function startServices({ dataFolder, niceness }: ServicesOptions): Promise<Services> {
  const at = (name: string): string | undefined => (dataFolder === undefined ? undefined : join(dataFolder, name));
  if (dataFolder !== undefined) {
    // No other user of the machine may read ballots, rolls and secrets; the folder may have been there.
    await mkdir(dataFolder, { recursive: true });
    await chmod(dataFolder, 0o700);
  }
  const databaseFolder = at("dynamodb");
  if (databaseFolder !== undefined) await mkdir(databaseFolder, { recursive: true });

  const started: Stoppable[] = [];
  const keep = async <T extends Stoppable>(starting: Promise<T>): Promise<T> => {
    const part = await starting;
    started.push(part);
    return part;
  };
  const starting = [
    keep(launchDynamoDbLocal({ folder: databaseFolder, niceness })),
    keep(startSqs(at("sqs"))),
    keep(startSecretsManager(dataFolder)),
    keep(metricStore(dataFolder)),
  ] as const;
  try {
    const [dynamodb, sqs, secretsManager, metrics] = await Promise.all(starting);
    const cloudwatch = await keep(startMetrics(metrics, sqs));
    return {
      endpoints: {
        dynamodb: dynamodb.endpoint,
        sqs: sqs.endpoint,
        secretsmanager: secretsManager.endpoint,
        cloudwatch: cloudwatch.endpoint,
        // The same process emulates both.
        s3: sqs.endpoint,
      },
      metrics,
      databaseAnswers: dynamodb.answers,
      stop: () => stopAll(started),
    };
  } catch (error) {
    // What is still starting cannot be stopped before it has.
    await Promise.allSettled(starting);
    await stopAll(started);
    throw error;
  }
}

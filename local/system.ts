import { mkdir } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { connect, StackOutputs } from "#admin/connection/connection.ts";
import { bundle, siteFolder } from "#infra/bundle.ts";
import type { ConfigOverrides } from "#infra/config.ts";
import { synthesize } from "#infra/synthesize.ts";
import { DEMO_FOLDER, enrolDemoVoters, readDemo } from "#local/demo.ts";
import {
  deployQueues,
  deploySecrets,
  deployTables,
  type Endpoints,
  type Mapping,
  queueUrl,
  readApi,
  readFunctions,
  readMappings,
  readRoutes,
} from "#local/deployment/deployment.ts";
import { deployElections } from "#local/deployment/elections.ts";
import { Templates } from "#local/deployment/template.ts";
import { StartFailure } from "#local/failure.ts";
import { type FunctionHost, hostFunction } from "#local/functions/host.ts";
import { mapQueue } from "#local/functions/queue-mapping.ts";
import { streamCheckpoints } from "#local/functions/stream-checkpoints.ts";
import { mapStream } from "#local/functions/stream-mapping.ts";
import { takeTurns } from "#local/functions/turns.ts";
import { removeRunningFile, writeRunningFile } from "#local/running-file.ts";
import { startCloudWatch } from "#local/services/cloudwatch.ts";
import { startDynamoDbLocal } from "#local/services/dynamodb-local.ts";
import { type MetricStore, metricStore } from "#local/services/metric-store.ts";
import { startSecretsManager } from "#local/services/secrets-manager.ts";
import { startSqs } from "#local/services/sqs.ts";
import { startHttpApi } from "#local/site/http-api.ts";

/** The whole of Scrutin on one machine: embedded services, the real functions, and the synthesized wiring between them. */
export type System = Readonly<{
  url: string;
  stage: string;
  outputs: Readonly<Record<string, string>>;
  endpoints: Endpoints;
  /** The functions by name, to count their invocations and to kill them. */
  functions: ReadonlyMap<string, FunctionHost>;
  /** What was refused while the definitions were applied again, a sentence each. */
  notes: readonly string[];
  /** Deploys again while people vote: replaces every function's process, and applies the definitions. Answers what was refused. */
  redeploy(): Promise<readonly string[]>;
  /** Stops everything, in the order in which a vote could still be on its way. */
  stop(): Promise<void>;
}>;

export type SystemOptions = Readonly<{
  /** 0 for any free port. */
  port: number;
  /** Keeps tables, queues, secrets and the stream position across restarts. In memory when left out. */
  dataFolder?: string;
  /** Where each function's log lines go; nowhere when left out. */
  logFolder?: string;
  /** Definitions to apply; the demonstration's when left out. */
  electionsFolder?: string;
  config?: ConfigOverrides;
  /** Address of a daemon that takes traces, as Lambda runs one beside each function. Nothing is traced when left out. */
  traceDaemon?: string;
  /** Endpoints to give the functions and mappings in place of the embedded services' own, such as a meter's. */
  throughEndpoints?: (endpoints: Endpoints) => Promise<Endpoints>;
  /** By how many milliseconds a function's clock is ahead, by its name; for trying what a wrong clock does. */
  clockOffsetsMs?: Readonly<Record<string, number>>;
  /** In how many processes a function runs, by its name, as Lambda runs several environments of it; one when left out. */
  processes?: Readonly<Record<string, number>>;
  /**
   * How far the database and the functions behind a queue or a stream let go first what somebody waits for, as `nice` counts
   * it. 0 when left out: beside other work on the same machine, such as a test's browser, they would come last of all.
   */
  niceness?: number;
}>;

const STAGE = "local";

async function requireFreePort(port: number): Promise<void> {
  const probe = createServer();
  await new Promise<void>((resolve, reject) => {
    probe.once("error", () =>
      reject(new StartFailure(`Port ${port} is in use. Stop what runs there, or choose another: PORT=3001 npm start.`)),
    );
    probe.listen(port, "127.0.0.1", resolve);
  });
  await new Promise((resolve) => probe.close(resolve));
}

type Stoppable = Readonly<{ stop(): Promise<void> }>;

/** Runs what was started down again, last first. */
async function stopAll(started: readonly Stoppable[]): Promise<void> {
  for (const part of started.toReversed()) await part.stop().catch(() => undefined);
}

function fulfilled<T>(settled: PromiseSettledResult<T>): T {
  if (settled.status === "rejected") throw settled.reason;
  return settled.value;
}

function startMappings(
  mappings: readonly Mapping[],
  hosts: ReadonlyMap<string, FunctionHost>,
  endpoints: Endpoints,
  checkpoints: Awaited<ReturnType<typeof streamCheckpoints>>,
  metrics: MetricStore,
): readonly Stoppable[] {
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

/**
 * Starts a system and resolves once it takes votes.
 * @throws StartFailure or Refusal with a sentence for the person at the keyboard; nothing is left running then
 */
export async function startSystem(options: SystemOptions): Promise<System> {
  const {
    port,
    dataFolder,
    logFolder,
    electionsFolder = DEMO_FOLDER,
    config = {},
    throughEndpoints,
    traceDaemon,
    clockOffsetsMs = {},
    processes = {},
    niceness = 0,
  } = options;
  await requireFreePort(port);
  const demo = await readDemo(electionsFolder);
  const at = (name: string): string | undefined => (dataFolder === undefined ? undefined : join(dataFolder, name));
  for (const folder of [dataFolder, at("dynamodb"), logFolder]) {
    if (folder !== undefined) await mkdir(folder, { recursive: true });
  }

  const started: Stoppable[] = [];
  let services: Promise<unknown> = Promise.resolve();
  const keep = async <T extends Stoppable>(starting: Promise<T>): Promise<T> => {
    const part = await starting;
    started.push(part);
    return part;
  };
  try {
    const starting = Promise.allSettled([
      keep(startDynamoDbLocal({ folder: at("dynamodb"), niceness })),
      keep(startSqs(at("sqs"))),
      keep(startSecretsManager(dataFolder)),
      keep(metricStore(dataFolder)),
    ]);
    services = starting;
    const synthesized = await synthesize(STAGE, { ...config, electionsFolder });
    const site = siteFolder(await bundle());
    const settled = await starting;
    const [dynamodb, sqs, secretsManager, metrics] = [
      fulfilled(settled[0]),
      fulfilled(settled[1]),
      fulfilled(settled[2]),
      fulfilled(settled[3]),
    ];
    const cloudwatch = await keep(
      startCloudWatch(metrics, async ({ namespace, name, dimensions: { QueueName = "" } }) =>
        namespace === "AWS/SQS" && name === "ApproximateAgeOfOldestMessage"
          ? (await sqs.oldestAgeMs(QueueName)) / 1000
          : undefined,
      ),
    );
    const endpoints: Endpoints = {
      dynamodb: dynamodb.endpoint,
      sqs: sqs.endpoint,
      secretsmanager: secretsManager.endpoint,
      cloudwatch: cloudwatch.endpoint,
    };
    const given = (await throughEndpoints?.(endpoints)) ?? endpoints;

    const templates = new Templates(Object.values(synthesized.templates));
    await Promise.all([
      deployTables(templates, endpoints.dynamodb),
      deployQueues(templates, given.sqs),
      deploySecrets(templates, endpoints.secretsmanager),
    ]);
    const functions = readFunctions(templates, synthesized.assetFolder, given);
    const tracing = traceDaemon === undefined ? {} : { AWS_XRAY_DAEMON_ADDRESS: traceDaemon };
    const mappings = readMappings(templates);
    const behind = new Set(mappings.map(({ FunctionName }) => FunctionName));
    const hosts = new Map(
      [...functions].map(([logicalId, { environment, ...definition }]) => {
        const { [definition.name]: offsetMs } = clockOffsetsMs;
        const clock = offsetMs === undefined ? {} : { CLOCK_OFFSET_MS: String(offsetMs) };
        const played = {
          ...definition,
          environment: { ...environment, ...tracing, ...clock },
          ...(behind.has(logicalId) && { niceness }),
        };
        const hosted = Array.from({ length: processes[definition.name] ?? 1 }, () =>
          hostFunction(played, logFolder, metrics.addLine),
        );
        return [logicalId, takeTurns(hosted)] as const;
      }),
    );
    started.push(...hosts.values());
    const { throttle, cors, servedAt } = readApi(templates);
    const routes = new Map(
      [...readRoutes(templates)].map(([routeKey, logicalId]) => {
        const host = hosts.get(logicalId);
        if (host === undefined) throw new Error(`the route ${routeKey} leads to ${logicalId}, which is no function`);
        return [routeKey, host] as const;
      }),
    );

    servedAt(`http://localhost:${port}`);
    const connection = connect(StackOutputs.parse(templates.outputs()), endpoints);
    const notes = [...(await deployElections(templates, hosts)), ...(await enrolDemoVoters(connection, demo))];
    connection.close();

    const checkpoints = await streamCheckpoints(at("stream-position.json"));
    started.push(...startMappings(mappings, hosts, given, checkpoints, metrics));
    const api = await keep(startHttpApi({ port, routes, throttle, cors, siteFolder: site }));
    const url = `http://localhost:${api.port}`;
    servedAt(url);
    const outputs = templates.outputs();
    await writeRunningFile(api.port, { url, pid: process.pid, stage: STAGE, outputs, endpoints });
    started.push({ stop: () => removeRunningFile(api.port) });

    return {
      url,
      stage: STAGE,
      outputs,
      endpoints,
      functions: new Map([...hosts.values()].map((host) => [host.name, host])),
      notes,
      redeploy() {
        for (const host of hosts.values()) host.replace();
        return deployElections(templates, hosts);
      },
      stop: () => stopAll(started),
    };
  } catch (error) {
    // What is still starting must be there before it can be stopped.
    await services;
    await stopAll(started);
    throw error;
  }
}

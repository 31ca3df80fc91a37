import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { type Connection, connect, StackOutputs } from "#admin/connection/connection.ts";
import { dueOpenings } from "#admin/elections/due.ts";
import { definitionWarnings } from "#core/definition-faults.ts";
import type { ElectionDefinition } from "#core/election.ts";
import { bundle, siteFolder } from "#infra/bundle.ts";
import type { ConfigOverrides } from "#infra/config.ts";
import { type Synthesized, synthesize } from "#infra/synthesize.ts";
import { DEMO_FOLDER, enrolDemoVoters, readDemo } from "#local/demo.ts";
import { readAccess, readApi, readRoutes } from "#local/deployment/api.ts";
import {
  deployBuckets,
  deployQueues,
  deploySecrets,
  deployTables,
  type Endpoints,
  functionsBehindMappings,
  nameTables,
  readFunctions,
  readMappings,
} from "#local/deployment/deployment.ts";
import { deployElections } from "#local/deployment/elections.ts";
import { Templates } from "#local/deployment/template.ts";
import { type FunctionHost, hostFunction } from "#local/functions/host.ts";
import { startMappings } from "#local/functions/mappings.ts";
import { streamCheckpoints } from "#local/functions/stream-checkpoints.ts";
import { takeTurns } from "#local/functions/turns.ts";
import { type Issuers, startIdentity, withIssuers } from "#local/identity/identity.ts";
import { divideByIdentity, registerOidcElections } from "#local/identity/oidc-elections.ts";
import { requireFreePort } from "#local/listening.ts";
import { closedNotes, keepStart, resolvedDefinitions, startOf } from "#local/relative-start.ts";
import { removeRunningFile, writeRunningFile } from "#local/running-file.ts";
import { type Services, startServices } from "#local/services/services.ts";
import { startHttpApi } from "#local/site/http-api.ts";
import { type Stoppable, stopAll } from "#local/stoppable.ts";

/** Scrutin on one machine: embedded services, the real functions, and the synthesized wiring between them. */
export type System = Readonly<{
  url: string;
  outputs: StackOutputs;
  endpoints: Endpoints;
  /** The identity provider's. */
  issuers: Issuers;
  /** The functions by name, to count their invocations and to kill them. */
  functions: ReadonlyMap<string, FunctionHost>;
  /** Definitions and voters that were refused, a sentence each. */
  notes: readonly string[];
  /** Deploys again: replaces every function's process and applies the definitions. Returns what was refused. */
  redeploy(): Promise<readonly string[]>;
  /** Stops everything, in the order in which votes pass. */
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
  /** Replaces the endpoints that functions and mappings use, such as by a meter's. */
  throughEndpoints?: (endpoints: Endpoints) => Promise<Endpoints>;
  /** How far a function's clock is ahead, by its name. */
  clockOffsetsMs?: Readonly<Record<string, number>>;
  /** Number of a function's processes, by its name, as Lambda runs several environments; one when left out. */
  processes?: Readonly<Record<string, number>>;
  /**
   * Niceness of the database and of functions behind a queue or stream, for which nobody waits. 0 when left out: beside other
   * work, such as a test's browser, they would come last.
   */
  niceness?: number;
  /** Only for tests and load: a client may name its own address, and so escape the limits on guessing. */
  believesAddresses?: boolean;
}>;

const STAGE = "local";

/** Rejects when a promise does, and never resolves. */
async function rejectionOf(promise: Promise<unknown>): Promise<never> {
  await promise;
  return new Promise(() => {});
}

type Assembly = Readonly<Synthesized & { site: string }>;

async function lookUpAssembly(
  config: ConfigOverrides | undefined,
  definitions: readonly ElectionDefinition[],
): Promise<Assembly> {
  const electionsFolder = await resolvedDefinitions(definitions);
  // One after the other: whatever must be made is made while synthesizing, in a process whose memory goes with it.
  const synthesized = await synthesize(STAGE, { ...config, electionsFolder });
  return { ...synthesized, site: siteFolder(await bundle()) };
}

/** What the deployment and the first votes need starts while the database does; others by their first invocation. */
const WARM: ReadonlySet<string> = new Set(["apply-elections", "submit", "validate", "tally"]);

/** The functions' processes, by logical id. */
function hostFunctions(
  templates: Templates,
  assetFolder: string,
  endpoints: Endpoints,
  { metrics }: Services,
  { logFolder, clockOffsetsMs = {}, processes = {}, niceness = 0, believesAddresses = false }: SystemOptions,
): ReadonlyMap<string, FunctionHost> {
  const functions = readFunctions(templates, assetFolder, endpoints, believesAddresses);
  const behindMappings = functionsBehindMappings(templates);
  return new Map(
    [...functions].map(([logicalId, { environment, ...definition }]) => {
      const { [definition.name]: offsetMs } = clockOffsetsMs;
      const clock = offsetMs === undefined ? {} : { CLOCK_OFFSET_MS: String(offsetMs) };
      const hosting = {
        ...definition,
        environment: { ...environment, ...clock },
        isWarm: WARM.has(definition.name),
        ...(behindMappings.has(logicalId) && { niceness }),
      };
      const hosted = Array.from({ length: processes[definition.name] ?? 1 }, () =>
        hostFunction(hosting, logFolder, metrics.addLine),
      );
      return [logicalId, takeTurns(hosted)] as const;
    }),
  );
}

/** The schedule of `state-opening`, shorter than in AWS, since somebody at the keyboard waits for it. */
const LOOK_FOR_DUE_MS = 5_000;

/** Has the openings of elections stated whose hours come while the system runs. */
function stateWhenDue(connection: Connection, hosts: ReadonlyMap<string, FunctionHost>): Stoppable {
  const stating = [...hosts.values()].find(({ name }) => name === "state-opening");
  const isAnyDue = dueOpenings(connection);
  let looking = Promise.resolve();
  const timer = setInterval(() => {
    // Its process starts when there is something to state. What fails is tried again.
    const look = async () => ((await isAnyDue(Date.now())) ? stating?.invoke({}) : undefined);
    looking = looking.then(look).then(
      () => undefined,
      () => undefined,
    );
  }, LOOK_FOR_DUE_MS);
  return {
    async stop() {
      clearInterval(timer);
      await looking;
      connection.close();
    },
  };
}

/** What serves each route. */
function routesTo(hosts: ReadonlyMap<string, FunctionHost>, templates: Templates): ReadonlyMap<string, FunctionHost> {
  return new Map(
    [...readRoutes(templates)].map(([routeKey, logicalId]) => {
      const host = hosts.get(logicalId);
      if (host === undefined) throw new Error(`the route ${routeKey} leads to ${logicalId}, which is no function`);
      return [routeKey, host] as const;
    }),
  );
}

/**
 * Starts a system and resolves once it takes votes.
 * @throws Refusal with a sentence for the person at the keyboard; nothing is left running then
 */
export async function startSystem(options: SystemOptions): Promise<System> {
  const {
    port,
    dataFolder,
    logFolder,
    electionsFolder = DEMO_FOLDER,
    config,
    throughEndpoints,
    niceness = 0,
    believesAddresses = false,
  } = options;
  await requireFreePort(port, "PORT=3001 npm start");
  const startMs = await startOf(dataFolder);
  const demo = await readDemo(electionsFolder, startMs);
  const definitions = demo.map(({ definition }) => definition);
  const { deployed, oidc } = divideByIdentity(definitions);
  if (logFolder !== undefined) await mkdir(logFolder, { recursive: true });

  const started: Stoppable[] = [];
  const keep = async <T extends Stoppable>(part: Promise<T>): Promise<T> => {
    started.push(await part);
    return part;
  };
  const starting = keep(startServices({ dataFolder, niceness }));
  const identifying = keep(startIdentity(port === 0 ? 0 : port + 1));
  const answering = starting.then((services) => services.databaseAnswers());
  try {
    const [services, identity, assembly] = await Promise.race([
      Promise.all([starting, identifying, lookUpAssembly(config, deployed)]),
      // Nobody waits for an assembly to be made that no database will serve.
      rejectionOf(answering),
    ]);
    await keepStart(dataFolder, startMs);
    const { endpoints, metrics } = services;
    const given = (await throughEndpoints?.(endpoints)) ?? endpoints;

    const templates = new Templates(Object.values(withIssuers(assembly.templates, identity.origin)));
    nameTables(templates);
    await Promise.all([
      deployQueues(templates, given.sqs),
      deployBuckets(templates, endpoints.s3),
      deploySecrets(templates, endpoints.secretsmanager),
    ]);
    const hosts = hostFunctions(templates, assembly.assetFolder, given, services, options);
    started.push(...hosts.values());
    const { throttle, cors, servedAt } = readApi(templates);
    const routes = routesTo(hosts, templates);
    const access = readAccess(templates);
    await answering;
    await deployTables(templates, endpoints.dynamodb);

    servedAt(`http://localhost:${port}`);
    const connection = connect(StackOutputs.parse(templates.outputs()), endpoints);
    const notes = [
      ...definitions.flatMap((definition) =>
        definitionWarnings(definition).map((warning) => `Election ${definition.electionId}: ${warning.en}`),
      ),
      ...(await deployElections(templates, hosts, deployed)),
      ...(await registerOidcElections(connection, oidc, identity.origin)),
      ...(await enrolDemoVoters(connection, demo)),
      ...(await closedNotes(connection, dataFolder)),
    ];
    started.push(stateWhenDue(connection, hosts));

    const position = dataFolder === undefined ? undefined : join(dataFolder, "stream-position.json");
    const checkpoints = await streamCheckpoints(position);
    started.push(
      ...startMappings({ mappings: readMappings(templates), hosts, endpoints: given, checkpoints, metrics }),
    );
    // The deployed site's policy has them from the configuration, where the laptop's provider has no place of its own yet.
    const signInOrigins = { office: [identity.origin], vote: [identity.origin] };
    const certified = { endpoint: endpoints.s3, bucket: connection.certifiedBucket };
    const siteFolder = assembly.site;
    const api = await startHttpApi({ port, routes, throttle, cors, access, siteFolder, certified, signInOrigins });
    started.push(api);
    const url = `http://localhost:${api.port}`;
    servedAt(url);
    await identity.serve(url);
    const outputs = StackOutputs.parse(templates.outputs());
    const { issuers } = identity;
    await writeRunningFile(api.port, { url, pid: process.pid, outputs, endpoints, issuers, believesAddresses });
    started.push({ stop: () => removeRunningFile(api.port) });

    return {
      url,
      outputs,
      endpoints,
      issuers,
      functions: new Map([...hosts.values()].map((host) => [host.name, host])),
      notes,
      redeploy() {
        for (const host of hosts.values()) host.replace();
        return deployElections(templates, hosts, deployed);
      },
      stop: () => stopAll(started),
    };
  } catch (error) {
    // What is still starting cannot be stopped before it has.
    await Promise.allSettled([starting, identifying]);
    await stopAll(started);
    throw error;
  }
}

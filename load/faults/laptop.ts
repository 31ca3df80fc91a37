import { SetQueueAttributesCommand, SQSClient } from "@aws-sdk/client-sqs";
import { type FaultProxy, startFaultProxy } from "#load/faults/fault-proxy.ts";
import { RunningSystem } from "#load/shared/running-system.ts";
import { looseEnd } from "#local/loose-ends.ts";
import { clientConfig } from "#local/services/credentials.ts";
import { type System, type SystemOptions, startSystem } from "#local/system.ts";

/** A system in memory, whose calls to DynamoDB and SQS can fail and whose functions can be killed. */
export type Laptop = Readonly<{
  functions: System["functions"];
  redeploy: System["redeploy"];
  /** Past the proxies, for whoever watches. */
  running: RunningSystem;
  dynamodb: FaultProxy;
  sqs: FaultProxy;
}>;

/**
 * Shorter timeouts than deployed: unfinished messages come again after 12 s, not 30. So many tries that none goes to the dead
 * letters while a slow machine starts the function again.
 */
const PARAMETERS = { validateTimeoutSeconds: 2, tallyTimeoutSeconds: 5, maxReceiveCount: 100 } as const;
const SHARED_VISIBILITY_SECONDS = 2;

export type LaptopOptions = Pick<SystemOptions, "clockOffsetsMs" | "processes">;

/** Works on a system of its own, and stops it afterwards. */
export async function onLaptop<T>(options: LaptopOptions, work: (laptop: Laptop) => Promise<T>): Promise<T> {
  const proxies: FaultProxy[] = [];
  const behindProxy = async (endpoint: string): Promise<FaultProxy> => {
    const proxy = await startFaultProxy(endpoint);
    proxies.push(proxy);
    return proxy;
  };
  try {
    let dynamodb: FaultProxy | undefined;
    let sqs: FaultProxy | undefined;
    const system = await startSystem({
      ...options,
      port: 0,
      config: PARAMETERS,
      throughEndpoints: async (endpoints) => {
        dynamodb = await behindProxy(endpoints.dynamodb);
        sqs = await behindProxy(endpoints.sqs);
        return { ...endpoints, dynamodb: dynamodb.endpoint, sqs: sqs.endpoint };
      },
    });
    const stop = looseEnd(() => system.stop());
    try {
      if (dynamodb === undefined || sqs === undefined) throw new Error("the system did not ask for its endpoints");
      const running = RunningSystem.parse({ ...system, pid: process.pid });
      const outputs = { ...running.outputs, VotesQueueUrl: queueAt(running) };
      const { functions, redeploy } = system;
      return await work({ functions, redeploy, running: { ...running, outputs }, dynamodb, sqs });
    } finally {
      await stop();
    }
  } finally {
    for (const proxy of proxies) await proxy.stop();
  }
}

/** Works on the laptop lent for the trial, whose services then fail no longer, or on one of its own when none was lent. */
export async function onAnyLaptop<T>(
  { laptop }: Readonly<{ laptop?: Laptop }>,
  work: (laptop: Laptop) => Promise<T>,
): Promise<T> {
  if (laptop === undefined) return onLaptop({}, work);
  try {
    return await work(laptop);
  } finally {
    for (const proxy of [laptop.dynamodb, laptop.sqs]) proxy.use((_call, pass) => pass());
  }
}

/** A system for several short trials in turn. Unfinished messages come again after 2 s, so that nobody waits for them. */
export function onSharedLaptop<T>(work: (laptop: Laptop) => Promise<T>): Promise<T> {
  return onLaptop({}, async (laptop) => {
    const { outputs, endpoints } = laptop.running;
    const client = new SQSClient(clientConfig(endpoints.sqs));
    const Attributes = { VisibilityTimeout: String(SHARED_VISIBILITY_SECONDS) };
    await client.send(new SetQueueAttributesCommand({ QueueUrl: outputs.VotesQueueUrl, Attributes }));
    client.destroy();
    return work(laptop);
  });
}

/** The queue's address at the service itself. */
function queueAt({ outputs, endpoints }: RunningSystem): string {
  return `${endpoints.sqs}${new URL(outputs.VotesQueueUrl).pathname}`;
}

import { type FaultProxy, startFaultProxy } from "#load/faults/fault-proxy.ts";
import { looseEnd } from "#load/loose-ends.ts";
import { RunningSystem } from "#load/running-system.ts";
import { type System, type SystemOptions, startSystem } from "#local/system.ts";

/** A system in memory whose every call to DynamoDB and SQS can be made to fail, and whose functions can be killed. */
export type Laptop = Readonly<{
  functions: System["functions"];
  /** The services themselves, past the proxies: what the watch reads is always there. */
  running: RunningSystem;
  dynamodb: FaultProxy;
  sqs: FaultProxy;
}>;

/** Shorter than deployed, so that what was not finished is delivered again after 12 s in place of 30. */
const TIMEOUTS = { validateTimeoutSeconds: 2, tallyTimeoutSeconds: 5 } as const;

/** Works on a system of its own, and stops it afterwards. */
export async function onLaptop<T>(
  options: Pick<SystemOptions, "clockOffsetsMs" | "processes">,
  work: (laptop: Laptop) => Promise<T>,
): Promise<T> {
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
      config: TIMEOUTS,
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
      return await work({ functions: system.functions, running: { ...running, outputs }, dynamodb, sqs });
    } finally {
      await stop();
    }
  } finally {
    for (const proxy of proxies) await proxy.stop();
  }
}

/** The queue's address at the service itself. */
function queueAt({ outputs, endpoints }: RunningSystem): string {
  return `${endpoints.sqs}${new URL(outputs.VotesQueueUrl).pathname}`;
}

import { SetQueueAttributesCommand, SQSClient } from "@aws-sdk/client-sqs";
import { type FaultProxy, startFaultProxy } from "#load/faults/fault-proxy.ts";
import { type ProxiedSystem, startProxied } from "#load/metering/proxied-system.ts";
import { clientConfig } from "#local/services/credentials.ts";
import type { SystemOptions } from "#local/system.ts";

/** A system in memory, whose calls to DynamoDB and SQS can fail and whose functions can be killed. */
export type Laptop = ProxiedSystem<FaultProxy>;

/**
 * Shorter timeouts than deployed: unfinished messages are redelivered after 12 s, not 30. So many tries that none goes to the
 * dead letters while a slow machine restarts the function.
 */
const PARAMETERS = { validateTimeoutSeconds: 2, tallyTimeoutSeconds: 5, maxReceiveCount: 100 } as const;
const SHARED_VISIBILITY_SECONDS = 2;

export type LaptopOptions = Pick<SystemOptions, "clockOffsetsMs" | "processes">;

export async function onLaptop<T>(options: LaptopOptions, work: (laptop: Laptop) => Promise<T>): Promise<T> {
  await using laptop = await startProxied(startFaultProxy, { ...options, port: 0, config: PARAMETERS });
  return await work(laptop);
}

/** A system for several short trials in turn. Unfinished messages are redelivered after 2 s, so that nobody waits for them. */
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

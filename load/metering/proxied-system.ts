import type { ServiceProxy } from "#load/metering/service-proxy.ts";
import { RunningSystem } from "#load/shared/running-system.ts";
import { looseEnd } from "#local/loose-ends.ts";
import { type System, type SystemOptions, startSystem } from "#local/system.ts";

/** A system in this process, with a proxy before DynamoDB and one before SQS. Disposing of it stops them all. */
export type ProxiedSystem<Proxy> = AsyncDisposable &
  Readonly<{
    functions: System["functions"];
    redeploy: System["redeploy"];
    /** Bypasses the proxies, for whoever watches. */
    running: RunningSystem;
    dynamodb: Proxy;
    sqs: Proxy;
  }>;

export async function startProxied<Proxy extends ServiceProxy>(
  startProxy: (target: string) => Promise<Proxy>,
  options: SystemOptions,
): Promise<ProxiedSystem<Proxy>> {
  await using starting = new AsyncDisposableStack();
  const proxies: Proxy[] = [];
  const through = async (target: string): Promise<string> => {
    const proxy = await startProxy(target);
    starting.defer(() => proxy.stop());
    proxies.push(proxy);
    return proxy.endpoint;
  };
  const system = await startSystem({
    believesAddresses: true,
    ...options,
    throughEndpoints: async (endpoints) => ({
      ...endpoints,
      dynamodb: await through(endpoints.dynamodb),
      sqs: await through(endpoints.sqs),
    }),
  });
  starting.defer(() => system.stop());
  const [dynamodb, sqs] = proxies;
  if (dynamodb === undefined || sqs === undefined) throw new Error("the system did not ask for its endpoints");
  const running = RunningSystem.parse({ ...system, pid: process.pid });
  const VotesQueueUrl = `${running.endpoints.sqs}${new URL(running.outputs.VotesQueueUrl).pathname}`;
  const started = starting.move();
  return {
    functions: system.functions,
    redeploy: system.redeploy,
    running: { ...running, outputs: { ...running.outputs, VotesQueueUrl } },
    dynamodb,
    sqs,
    [Symbol.asyncDispose]: looseEnd(() => started.disposeAsync()),
  };
}

import {
  type Interceptor,
  type ServiceAnswer,
  type ServiceProxy,
  startServiceProxy,
} from "#load/metering/service-proxy.ts";

/** A proxy in front of an embedded service that fails the way AWS does: refuses, throttles, loses answers, repeats itself. */
export type FaultProxy = ServiceProxy &
  Readonly<{
    /** Sets what happens to calls from here on; until then every call passes. */
    use(interceptor: Interceptor): void;
  }>;

export function answerOf(status: number, body: unknown): ServiceAnswer {
  return { status, headers: { "content-type": "application/x-amz-json-1.0" }, body: JSON.stringify(body) };
}

/** DynamoDB's answer when a table gets more calls than it takes. */
export const THROTTLED = answerOf(400, {
  __type: "com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException",
  message: "slow down",
});

export async function startFaultProxy(target: string): Promise<FaultProxy> {
  let interceptor: Interceptor = (_call, pass) => pass();
  const proxy = await startServiceProxy(target, (call, pass) => interceptor(call, pass));
  return {
    ...proxy,
    use(next) {
      interceptor = next;
    },
  };
}

import {
  type ServiceAnswer,
  type ServiceCall,
  type ServiceProxy,
  startServiceProxy,
} from "#load/metering/service-proxy.ts";

/** A proxy in front of an embedded service that fails the way AWS does: refuses, throttles, loses answers, repeats itself. */

/** A call with its body as JSON. */
export type Call = Readonly<Pick<ServiceCall, "action" | "service" | "gaveUp"> & { body: string }>;

export type Answer = Readonly<Omit<ServiceAnswer, "body"> & { body: string }>;

/** Decides what becomes of a call, as a service proxy's user does. */
export type Interceptor = (call: Call, pass: (body?: string) => Promise<Answer>) => Promise<Answer | "no-answer">;

export type FaultProxy = ServiceProxy &
  Readonly<{
    /** What to do from here on; until it is first called, every call passes. */
    use(interceptor: Interceptor): void;
  }>;

export function answerOf(status: number, body: unknown): Answer {
  return { status, headers: { "content-type": "application/x-amz-json-1.0" }, body: JSON.stringify(body) };
}

/** DynamoDB's answer when a table gets more calls than it takes. */
export const THROTTLED = answerOf(400, {
  __type: "com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException",
  message: "slow down",
});

/** Starts a proxy in front of an embedded service, on a port of its own. */
export async function startFaultProxy(target: string): Promise<FaultProxy> {
  let interceptor: Interceptor = (_call, pass) => pass();
  const proxy = await startServiceProxy(target, ({ action, service, gaveUp, body }, pass) =>
    interceptor({ action, service, gaveUp, body: body.toString("utf8") }, async (changed) => {
      const answer = await pass(changed);
      return { ...answer, body: answer.body.toString("utf8") };
    }),
  );
  return {
    ...proxy,
    use(next) {
      interceptor = next;
    },
  };
}

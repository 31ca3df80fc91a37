import { type ServiceProxy, startServiceProxy } from "#load/metering/service-proxy.ts";

/** Records everything that the functions send to a service. */

export type Call = Readonly<{
  action: string;
  headers: Readonly<Record<string, unknown>>;
  request: Buffer;
  answer: Buffer;
}>;

export type Recorder = ServiceProxy & Readonly<{ calls: readonly Call[] }>;

/**
 * A proxy in front of an embedded service that records every request and answer.
 * @param refuses which requests fail before they reach the service
 */
export async function startRecorder(
  target: string,
  refuses: (action: string, body: string) => boolean = () => false,
): Promise<Recorder> {
  const calls: Call[] = [];
  const proxy = await startServiceProxy(target, async ({ action, headers, body }, pass) => {
    const kept = { action, headers, request: Buffer.from(body) };
    if (refuses(action, body)) {
      const answer = JSON.stringify({ __type: "com.amazon.coral.validate#ValidationException", message: "refused" });
      calls.push({ ...kept, answer: Buffer.from(answer) });
      return { status: 400, headers: { "content-type": "application/x-amz-json-1.0" }, body: answer };
    }
    const answer = await pass();
    calls.push({ ...kept, answer: Buffer.from(answer.body) });
    return answer;
  });
  return { ...proxy, calls };
}

import { once } from "node:events";
import { Agent, createServer, type IncomingHttpHeaders, type IncomingMessage, request } from "node:http";

/** A proxy in front of an embedded service that fails the way AWS does: refuses, throttles, loses answers, repeats itself. */

export type Call = Readonly<{
  /** Such as `PutItem` or `ReceiveMessage`. */
  action: string;
  /** Such as `DynamoDB_20120810` or `AmazonSQS`. */
  service: string;
  /** JSON. */
  body: string;
  /** Aborted once the caller no longer waits for an answer. */
  gaveUp: AbortSignal;
}>;

export type Answer = Readonly<{ status: number; headers: IncomingHttpHeaders; body: string }>;

/**
 * Decides what becomes of a call. `pass` hands it, or another body in its place, to the service and gives the service's answer.
 * Without an answer, the caller's connection breaks.
 */
export type Interceptor = (call: Call, pass: (body?: string) => Promise<Answer>) => Promise<Answer | "no-answer">;

export type FaultProxy = Readonly<{
  endpoint: string;
  /** What to do from here on; until it is first called, every call passes. */
  use(interceptor: Interceptor): void;
  stop(): Promise<void>;
}>;

export function answerOf(status: number, body: unknown): Answer {
  return { status, headers: { "content-type": "application/x-amz-json-1.0" }, body: JSON.stringify(body) };
}

/** DynamoDB's answer when a table gets more calls than it takes. */
export const THROTTLED = answerOf(400, {
  __type: "com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException",
  message: "slow down",
});

async function textOf(stream: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}

/** Starts a proxy in front of an embedded service, on a port of its own. */
export async function startFaultProxy(target: string): Promise<FaultProxy> {
  const { hostname, port } = new URL(target);
  const agent = new Agent({ keepAlive: true });
  let interceptor: Interceptor = (_call, pass) => pass();

  const forward = async (incoming: IncomingMessage, call: Call, body: string): Promise<Answer> => {
    const headers = { ...incoming.headers, "content-length": Buffer.byteLength(body) };
    const passed = request({ agent, hostname, port, path: incoming.url, method: incoming.method, headers });
    // A long poll that its caller gave up must not take messages for nobody. Everything else goes on, as it would in AWS.
    if (call.action === "ReceiveMessage") call.gaveUp.addEventListener("abort", () => passed.destroy());
    passed.end(body);
    const [answer]: IncomingMessage[] = await once(passed, "response");
    if (answer === undefined) throw new Error("the service did not answer");
    return { status: answer.statusCode ?? 502, headers: answer.headers, body: await textOf(answer) };
  };

  const server = createServer((incoming, outgoing) => {
    const answer = async (): Promise<void> => {
      const gone = new AbortController();
      outgoing.once("close", () => gone.abort());
      const [service = "", action = ""] = String(incoming.headers["x-amz-target"] ?? "").split(".");
      const call = { service, action, body: await textOf(incoming), gaveUp: gone.signal };
      const given = await interceptor(call, (body = call.body) => forward(incoming, call, body));
      if (given === "no-answer") return void outgoing.destroy();
      const { "content-length": _length, "transfer-encoding": _encoding, ...headers } = given.headers;
      outgoing.writeHead(given.status, { ...headers, "content-length": Buffer.byteLength(given.body) }).end(given.body);
    };
    answer().catch(() => outgoing.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port was given");
  return {
    endpoint: `http://127.0.0.1:${address.port}`,
    use(next) {
      interceptor = next;
    },
    async stop() {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      agent.destroy();
      await closed;
    },
  };
}

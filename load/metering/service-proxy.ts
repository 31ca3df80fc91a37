import { once } from "node:events";
import {
  Agent,
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  request,
  type ServerResponse,
} from "node:http";

/** A proxy in front of an embedded service: what becomes of a call is its user's to say. */

export type ServiceCall = Readonly<{
  /** Such as `PutItem` or `ReceiveMessage`. */
  action: string;
  /** Such as `DynamoDB_20120810` or `AmazonSQS`. */
  service: string;
  headers: IncomingHttpHeaders;
  body: Buffer;
  /** Aborted once the caller no longer waits for an answer. */
  gaveUp: AbortSignal;
}>;

export type ServiceAnswer = Readonly<{ status: number; headers: IncomingHttpHeaders; body: Buffer | string }>;

/**
 * Decides what becomes of a call. `pass` hands it, or another body in its place, to the service and gives the service's answer.
 * Without an answer, or where it throws, the caller's connection breaks.
 */
type Decide = (
  call: ServiceCall,
  pass: (body?: Buffer | string) => Promise<ServiceAnswer & Readonly<{ body: Buffer }>>,
) => Promise<ServiceAnswer | "no-answer">;

export type ServiceProxy = Readonly<{ endpoint: string; stop(): Promise<void> }>;

async function bytesOf(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** Starts a proxy in front of an embedded service, on a port of its own. */
export async function startServiceProxy(target: string, decide: Decide): Promise<ServiceProxy> {
  const { hostname, port } = new URL(target);
  const agent = new Agent({ keepAlive: true });

  const forward = async ({ url, method }: IncomingMessage, call: ServiceCall, body: Buffer | string) => {
    const headers = { ...call.headers, "content-length": Buffer.byteLength(body) };
    const passed = request({ agent, hostname, port, path: url, method, headers });
    // A long poll that its caller gave up must not take messages for nobody. Everything else goes on, as it would in AWS.
    if (call.action === "ReceiveMessage") call.gaveUp.addEventListener("abort", () => passed.destroy());
    passed.end(body);
    const [answer]: IncomingMessage[] = await once(passed, "response");
    if (answer === undefined) throw new Error("the service did not answer");
    return { status: answer.statusCode ?? 502, headers: answer.headers, body: await bytesOf(answer) };
  };

  const answer = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const gone = new AbortController();
    outgoing.once("close", () => gone.abort());
    const { headers } = incoming;
    const [service = "", action = ""] = String(headers["x-amz-target"] ?? "").split(".");
    const call = { service, action, headers, body: await bytesOf(incoming), gaveUp: gone.signal };
    const given = await decide(call, (body = call.body) => forward(incoming, call, body));
    if (given === "no-answer") return void outgoing.destroy();
    const { "content-length": _length, "transfer-encoding": _encoding, ...kept } = given.headers;
    outgoing.writeHead(given.status, { ...kept, "content-length": Buffer.byteLength(given.body) }).end(given.body);
  };

  const server = createServer((incoming, outgoing) => {
    answer(incoming, outgoing).catch(() => outgoing.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port was given");
  return {
    endpoint: `http://127.0.0.1:${address.port}`,
    async stop() {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      agent.destroy();
      await closed;
    },
  };
}

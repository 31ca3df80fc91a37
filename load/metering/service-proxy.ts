import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { type Dispatcher, Pool } from "undici";
import { listen } from "#local/listening.ts";

export type ServiceCall = Readonly<{
  /** Such as `PutItem` or `ReceiveMessage`. */
  action: string;
  /** Such as `DynamoDB_20120810` or `AmazonSQS`. */
  service: string;
  headers: IncomingHttpHeaders;
  body: string;
  /** Aborted once the caller no longer waits for an answer. */
  gaveUp: AbortSignal;
}>;

export type ServiceAnswer = Readonly<{ status: number; headers: IncomingHttpHeaders; body: string }>;

/**
 * Decides what becomes of a call. `pass` forwards it, or another body, to the service. The connection breaks on "no-answer" and
 * on a throw.
 */
export type Interceptor = (
  call: ServiceCall,
  pass: (body?: string) => Promise<ServiceAnswer>,
) => Promise<ServiceAnswer | "no-answer">;

export type ServiceProxy = Readonly<{ endpoint: string; stop(): Promise<void> }>;

export async function startServiceProxy(target: string, decide: Interceptor): Promise<ServiceProxy> {
  const pool = new Pool(target);

  const forward = async ({ url = "/", method = "POST" }: IncomingMessage, call: ServiceCall, body: string) => {
    const { connection: _hop, ...headers } = call.headers;
    const answer = await pool.request({
      path: url,
      method: method as Dispatcher.HttpMethod,
      headers: { ...headers, "content-length": String(Buffer.byteLength(body)) },
      body,
      // An abandoned long poll must not take messages. Everything else continues, as in AWS.
      signal: call.action === "ReceiveMessage" ? call.gaveUp : null,
    });
    return { status: answer.statusCode, headers: answer.headers, body: await answer.body.text() };
  };

  const answer = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const gone = new AbortController();
    outgoing.once("close", () => gone.abort());
    const { headers } = incoming;
    const [service = "", action = ""] = String(headers["x-amz-target"] ?? "").split(".");
    const call = { service, action, headers, body: await text(incoming), gaveUp: gone.signal };
    const given = await decide(call, (body = call.body) => forward(incoming, call, body));
    if (given === "no-answer") return void outgoing.destroy();
    const { "content-length": _length, "transfer-encoding": _encoding, ...kept } = given.headers;
    outgoing.writeHead(given.status, { ...kept, "content-length": Buffer.byteLength(given.body) }).end(given.body);
  };

  const server = createServer((incoming, outgoing) => {
    answer(incoming, outgoing).catch(() => outgoing.destroy());
  });
  const port = await listen(server);
  return {
    endpoint: `http://127.0.0.1:${port}`,
    async stop() {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await Promise.all([closed, pool.destroy()]);
    },
  };
}

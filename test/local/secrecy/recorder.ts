import { createSocket } from "node:dgram";
import { once } from "node:events";
import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from "node:http";

/** Everything that the functions send: to a service, and to the daemon that takes traces. */

export type Call = Readonly<{
  action: string;
  headers: Readonly<Record<string, unknown>>;
  request: Buffer;
  answer: Buffer;
}>;

export type Recorder = Readonly<{ endpoint: string; calls: readonly Call[]; stop(): Promise<void> }>;

async function bytesOf(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/**
 * A proxy in front of an embedded service that keeps every request and answer.
 * @param refuses which requests fail before they reach the service, as when it may not be used
 */
export async function startRecorder(
  target: string,
  refuses: (action: string, body: string) => boolean = () => false,
): Promise<Recorder> {
  const { hostname, port } = new URL(target);
  const agent = new Agent({ keepAlive: true });
  const calls: Call[] = [];

  const forward = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const action =
      String(incoming.headers["x-amz-target"] ?? "")
        .split(".")
        .at(-1) ?? "";
    const body = await bytesOf(incoming);
    const kept = { action, headers: incoming.headers, request: body };
    if (refuses(action, body.toString("latin1"))) {
      const answer = Buffer.from(JSON.stringify({ __type: "com.amazonaws#AccessDeniedException", message: "refused" }));
      calls.push({ ...kept, answer });
      outgoing.writeHead(400, { "content-type": "application/x-amz-json-1.0" }).end(answer);
      return;
    }
    const passed = request({
      agent,
      hostname,
      port,
      path: incoming.url,
      method: incoming.method,
      headers: incoming.headers,
    });
    outgoing.once("close", () => passed.destroy());
    passed.end(body);
    const [answer]: IncomingMessage[] = await once(passed, "response");
    if (answer === undefined) throw new Error("no answer");
    const answered = await bytesOf(answer);
    calls.push({ ...kept, answer: answered });
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers).end(answered);
  };

  const server = createServer((incoming, outgoing) => {
    forward(incoming, outgoing).catch(() => outgoing.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port was given");
  return {
    endpoint: `http://127.0.0.1:${address.port}`,
    calls,
    async stop() {
      server.close();
      server.closeAllConnections();
      agent.destroy();
    },
  };
}

export type TraceDaemon = Readonly<{ address: string; datagrams: readonly Buffer[]; stop(): Promise<void> }>;

/** Takes what X-Ray's daemon would. */
export async function startTraceDaemon(): Promise<TraceDaemon> {
  const datagrams: Buffer[] = [];
  const socket = createSocket("udp4").on("message", (datagram) => datagrams.push(datagram));
  socket.bind(0, "127.0.0.1");
  await once(socket, "listening");
  return {
    address: `127.0.0.1:${socket.address().port}`,
    datagrams,
    async stop() {
      socket.close();
    },
  };
}

import { request } from "node:http";
import {
  createSecureServer,
  type Http2ServerRequest,
  type Http2ServerResponse,
  type ServerHttp2Session,
} from "node:http2";
import { generate } from "selfsigned";
import { endToEnd } from "#local/end-to-end.ts";
import { listen } from "#local/listening.ts";

/** Puts HTTP/2 over TLS in front of a system, as CloudFront does: only so do a browser's bytes say what voters would receive. */

/** What CloudFront adds to every answer, at its usual length; the last differs each time. */
const EDGE_HEADERS = {
  via: "1.1 0123456789abcdef0123456789abcdef.cloudfront.net (CloudFront)",
  "strict-transport-security": "max-age=63072000; includeSubDomains",
  "x-cache": "Hit from cloudfront",
  "x-amz-cf-pop": "YUL62-P1",
  server: "AmazonS3",
} as const;
const edgeId = (): string => Buffer.from(crypto.getRandomValues(new Uint8Array(42))).toString("base64");

function sendOn(origin: string, asked: Http2ServerRequest, answer: Http2ServerResponse): void {
  const headers = Object.entries(asked.headers).filter(([name]) => !name.startsWith(":"));
  const onward = request(new URL(asked.url, origin), { method: asked.method, headers: Object.fromEntries(headers) });
  onward.once("response", (answered) => {
    answer.writeHead(answered.statusCode ?? 502, {
      ...endToEnd(answered.headers),
      ...EDGE_HEADERS,
      "x-amz-cf-id": edgeId(),
    });
    answered.pipe(answer);
  });
  onward.once("error", () => answer.stream.destroy());
  asked.pipe(onward);
}

export type SecureFront = AsyncDisposable & Readonly<{ url: string }>;

/**
 * Nobody has signed for it: a browser must be told to ignore that, and then caches nothing.
 * @param origin where the system listens, without TLS
 */
export async function startSecureFront(origin: string): Promise<SecureFront> {
  const made = await generate([{ name: "commonName", value: "127.0.0.1" }], { keyType: "ec", algorithm: "sha256" });
  const server = createSecureServer({ key: made.private, cert: made.cert }, (asked, answer) =>
    sendOn(origin, asked, answer),
  );
  const sessions = new Set<ServerHttp2Session>();
  server.on("session", (session) => {
    sessions.add(session);
    session.once("close", () => sessions.delete(session));
  });
  const port = await listen(server);
  return {
    url: `https://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      for (const session of sessions) session.close();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

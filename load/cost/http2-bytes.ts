import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { connect, createServer as createHttp2Server, type OutgoingHttpHeaders } from "node:http2";
import { type AddressInfo, createServer as createProxy, connect as dial } from "node:net";

/**
 * What an answer takes on the wire between CloudFront and a browser: HTTP/2, on the connection over which the page came, so
 * that headers said before are only pointed at. The answer is sent once more, over a connection of this machine.
 */

export type Answer = Readonly<{ status: number; headers: Readonly<Record<string, string>>; body: string }>;

/** Of one connection, which HTTP/2 does not know. */
const HOP_BY_HOP = new Set(["connection", "keep-alive", "transfer-encoding", "content-length", "date"]);

/** The page before it: what it says of itself is said again by the answer (infra/site/response-headers.ts). */
const PAGE: Answer = { status: 200, headers: { "content-type": "text/html; charset=utf-8" }, body: "page" };

const HEX_BYTES_OF_VIA = 16;
const BYTES_OF_ID = 42;
const BYTES_OF_API_ID = 11;

/** What CloudFront and the HTTP API add, as they word it; ids are new with each answer, the edge's own names are not. */
function addedInAws(edge: string, isFromApi: boolean): OutgoingHttpHeaders {
  return {
    date: new Date().toUTCString(),
    "strict-transport-security": "max-age=63072000; includeSubDomains",
    "x-content-type-options": "nosniff",
    via: `1.1 ${edge}.cloudfront.net (CloudFront)`,
    "x-cache": isFromApi ? "Miss from cloudfront" : "Hit from cloudfront",
    "x-amz-cf-pop": "YUL62-P2",
    "x-amz-cf-id": randomBytes(BYTES_OF_ID).toString("base64url"),
    ...(isFromApi && { "apigw-requestid": `${randomBytes(BYTES_OF_API_ID).toString("base64url")}=` }),
  };
}

/** A way to a port that counts what comes back. */
async function countingWay(port: number) {
  let bytes = 0;
  const proxy = createProxy((browser) => {
    const edge = dial(port, "127.0.0.1");
    edge.on("data", (chunk) => {
      bytes += chunk.length;
      browser.write(chunk);
    });
    browser.pipe(edge);
    edge.on("error", () => browser.destroy());
    browser.on("error", () => edge.destroy());
    browser.on("close", () => edge.destroy());
  }).listen(0, "127.0.0.1");
  await once(proxy, "listening");
  const { port: proxyPort } = proxy.address() as AddressInfo;
  return { port: proxyPort, bytes: () => bytes, close: () => proxy.close() };
}

/**
 * Bytes of one answer on average, its headers and its frames included, TLS left aside.
 * @throws RangeError without an answer
 */
export async function bytesOverHttp2(answers: readonly Answer[]): Promise<number> {
  if (answers.length === 0) throw new RangeError("no answer to measure");
  const server = createHttp2Server().listen(0, "127.0.0.1");
  const edge = randomBytes(HEX_BYTES_OF_VIA).toString("hex");
  server.on("stream", (stream, asked) => {
    const index = Number(asked[":path"]?.slice(1));
    const answer = answers[index] ?? PAGE;
    const own = Object.entries(answer.headers).filter(([name]) => !HOP_BY_HOP.has(name));
    stream.respond({
      ":status": answer.status,
      ...Object.fromEntries(own),
      "content-length": Buffer.byteLength(answer.body),
      ...addedInAws(edge, answer !== PAGE),
    });
    stream.end(answer.body);
  });
  await once(server, "listening");
  const way = await countingWay((server.address() as AddressInfo).port);
  try {
    let total = 0;
    for (const index of answers.keys()) {
      const browser = connect(`http://127.0.0.1:${way.port}`);
      const ask = async (path: string): Promise<void> => {
        const asked = browser.request({ ":path": path });
        asked.resume();
        await once(asked, "close");
      };
      await ask("/page");
      const before = way.bytes();
      await ask(`/${index}`);
      total += way.bytes() - before;
      const closed = once(browser, "close");
      browser.close();
      await closed;
    }
    return total / answers.length;
  } finally {
    way.close();
    server.close();
  }
}

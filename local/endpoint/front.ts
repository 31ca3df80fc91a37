import { once } from "node:events";
import { createServer, type IncomingMessage, request as requestByHttp, type ServerResponse } from "node:http";
import { Agent, request as requestByTls } from "node:https";
import { isOfFunctions, NOWHERE } from "#infra/site/rules.ts";
import { endToEnd } from "#local/end-to-end.ts";
import { listen } from "#local/listening.ts";
import { type CertifiedFiles, isCertified, serveCertified } from "#local/site/certified.ts";
import { serveSite } from "#local/site/site.ts";

/** Emulates CloudFront for an endpoint: the built site, and the API, at one address. */

export type Front = Readonly<{ url: string; port: number; stop(): Promise<void> }>;

const agent = new Agent({ keepAlive: true });

function forward(apiUrl: string, incoming: IncomingMessage, answer: ServerResponse): void {
  const options = { method: incoming.method ?? "GET", headers: endToEnd(incoming.headers) };
  const target = `${apiUrl}${incoming.url ?? "/"}`;
  const outgoing = target.startsWith("https:")
    ? requestByTls(target, { ...options, agent })
    : requestByHttp(target, options);
  outgoing.once("response", (response) => {
    answer.writeHead(response.statusCode ?? 502, endToEnd(response.headers));
    response.pipe(answer);
  });
  outgoing.once("error", () => {
    if (answer.headersSent) answer.destroy();
    else answer.writeHead(502).end();
  });
  incoming.pipe(outgoing);
}

/** @param onPort 0 for any free one */
export async function startFront(
  apiUrl: string,
  siteFolder: string,
  certified: CertifiedFiles,
  onPort = 0,
  signInOrigins = NOWHERE,
): Promise<Front> {
  const server = createServer((incoming, answer) => {
    const path = (incoming.url ?? "/").split("?")[0] ?? "/";
    if (isOfFunctions(path)) return forward(apiUrl, incoming, answer);
    incoming.resume();
    if (isCertified(path)) {
      serveCertified(certified, path, incoming, answer).catch(() => answer.destroy());
      return;
    }
    serveSite({ folder: siteFolder, signInOrigins }, path, incoming, answer).catch(() => answer.destroy());
  });
  const port = await listen(server, onPort);
  return {
    url: `http://localhost:${port}`,
    port,
    async stop() {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      agent.destroy();
      await closed;
    },
  };
}

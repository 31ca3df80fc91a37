import { createServer } from "node:http";
import { flushCompileCache } from "node:module";
import { OFFICE_PATH, type SiteAddress, type Told, VOTERS_PATH } from "#local/identity/contract.ts";
import { type Mounted, officeProvider, providerKeys, votersProvider } from "#local/identity/providers.ts";
import { listen } from "#local/listening.ts";

/** The process of the identity provider; the port that it prefers is the first argument. */

const tell = (message: Told): void => {
  process.send?.(message);
};

const mounted: Mounted[] = [];

const server = createServer((request, response) => {
  const { url = "/" } = request;
  const provider = mounted.find(({ path }) => url.startsWith(`${path}/`));
  if (provider !== undefined) return provider.handle(request, response);
  response.writeHead(404, { "content-type": "text/plain; charset=utf-8" }).end("There is nothing at this address.\n");
});

const preferred = Number(process.argv[2]);
const port = await listen(server, preferred).catch(() => listen(server));
const keys = providerKeys();
tell({ port });

process.on("message", async ({ siteUrl }: SiteAddress) => {
  const at = { origin: `http://localhost:${port}`, siteUrl, jwks: await keys };
  mounted.push(officeProvider({ ...at, path: OFFICE_PATH }), votersProvider({ ...at, path: VOTERS_PATH }));
  tell("serving");
  // At its end this process has no time for it.
  flushCompileCache();
});
process.on("SIGINT", () => {});
process.on("SIGHUP", () => {});
process.on("disconnect", () => process.exit(0));

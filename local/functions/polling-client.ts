import { UndiciHttpHandler } from "@smithy/undici-http-handler";
import { clientConfig } from "#local/services/credentials.ts";

/** SDK clients that ask many times a second, as mappings do, stripped of what costs processor time. */

/** Caches what the SDK resolves for a command, and sends requests by undici. */
export function pollingConfig(endpoint: string) {
  const requestHandler = new UndiciHttpHandler({ dispatcher: {} });
  return { ...clientConfig(endpoint), cacheMiddleware: true, requestHandler };
}

/** Removes unused middleware: the logger, which copies every record, and the user agent. */
export function unburdened<Client extends { middlewareStack: { remove(name: string): boolean } }>(
  client: Client,
): Client {
  for (const name of ["loggerMiddleware", "getUserAgentMiddleware"]) client.middlewareStack.remove(name);
  return client;
}

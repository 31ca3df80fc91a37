import { UndiciHttpHandler } from "@smithy/undici-http-handler";
import { clientConfig } from "#local/services/credentials.ts";

/** Clients of the embedded services that ask many times a second, as the mappings do: the two cores are for the votes. */

/** Configuration of one: what the SDK resolves for a command is kept, and undici carries the requests. */
export function pollingConfig(endpoint: string) {
  const requestHandler = new UndiciHttpHandler({ dispatcher: {} });
  return { ...clientConfig(endpoint), cacheMiddleware: true, requestHandler };
}

/** @returns the client, which no longer copies every record for a log that nobody keeps, nor tells who it is */
export function unburdened<Client extends { middlewareStack: { remove(name: string): boolean } }>(
  client: Client,
): Client {
  for (const name of ["loggerMiddleware", "getUserAgentMiddleware"]) client.middlewareStack.remove(name);
  return client;
}

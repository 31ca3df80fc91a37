import { UndiciHttpHandler } from "@smithy/undici-http-handler";
import { clientConfig } from "#local/services/credentials.ts";

/**
 * For SDK clients that ask many times a second, as mappings do: caches what the SDK resolves for a command, and sends requests
 * by undici.
 */
export function pollingConfig(endpoint: string) {
  const requestHandler = new UndiciHttpHandler({ dispatcher: {} });
  return { ...clientConfig(endpoint), cacheMiddleware: true, requestHandler };
}

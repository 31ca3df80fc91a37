import { once } from "node:events";
import { createServer } from "node:net";
import { expect, test } from "vitest";
import { requireFreePort } from "#local/endpoint/ports.ts";

test("a port in use is refused, naming the variable that sets another", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port was given");
  await expect(requireFreePort(address.port, "ENDPOINT_PORT")).rejects.toThrow(
    `ENDPOINT_PORT=${address.port + 1} npm run endpoint`,
  );
  server.close();
  await once(server, "close");
  await expect(requireFreePort(address.port, "ENDPOINT_PORT")).resolves.toBeUndefined();
});

import { once } from "node:events";
import { createServer } from "node:net";
import { expect, test } from "vitest";
import { Refusal } from "#core/refusal.ts";
import { listen, requireFreePort } from "#local/listening.ts";

test("a port in use is refused, naming the command that chooses another", async () => {
  const server = createServer();
  const port = await listen(server);
  const refused = requireFreePort(port, "PORT=3001 npm start");
  await expect(refused).rejects.toThrow(Refusal);
  await expect(refused).rejects.toThrow(
    `Port ${port} is in use. Stop what runs there, or choose another: PORT=3001 npm start.`,
  );
  server.close();
  await once(server, "close");
  await expect(requireFreePort(port, "PORT=3001 npm start")).resolves.toBeUndefined();
});

import { once } from "node:events";
import { createServer } from "node:net";
import { Refusal } from "#core/refusal.ts";

/**
 * Makes sure that nothing listens on a port of this machine.
 * @param variable that chooses the port
 * @throws Refusal that names both when something does
 */
export async function requireFreePort(port: number, variable: string): Promise<void> {
  const probe = createServer();
  probe.listen(port, "127.0.0.1");
  await once(probe, "listening").catch(() => {
    throw new Refusal(
      `Port ${port} is in use. Stop what runs there, or choose another: ${variable}=${port + 1} npm run endpoint.`,
    );
  });
  probe.close();
  await once(probe, "close");
}

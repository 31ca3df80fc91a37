import { randomInt } from "node:crypto";
import { once } from "node:events";
import { createServer, type Server } from "node:net";
import { EnglishRefusal } from "#core/english-refusal.ts";

/** Ports of this machine. Servers listen on the loopback address only. */

/** Makes a server listen, on any free port by default. Returns its port; rejects with the server's own error. */
export async function listen(server: Server, port = 0): Promise<number> {
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  return address.port;
}

/** Below the ports that systems give to outgoing connections, any of which may take one before it is listened on. */
const CHOSEN = { from: 12_000, below: 32_000 };

/** A port that nobody listens on, for a process that will. */
export async function freePort(): Promise<number> {
  for (;;) {
    const server = createServer();
    const port = await listen(server, randomInt(CHOSEN.from, CHOSEN.below)).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "EADDRINUSE") throw error;
    });
    if (port === undefined) continue;
    server.close();
    await once(server, "close");
    return port;
  }
}

/**
 * Makes sure that nothing listens on a port, unless it is 0.
 * @param another how to choose another port, as a command
 * @throws Refusal that names both when something does
 */
export async function requireFreePort(port: number, another: string): Promise<void> {
  const probe = createServer();
  await listen(probe, port).catch(() => {
    throw new EnglishRefusal(`Port ${port} is in use. Stop what runs there, or choose another: ${another}.`);
  });
  probe.close();
  await once(probe, "close");
}

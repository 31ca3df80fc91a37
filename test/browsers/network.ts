import { once } from "node:events";
import { connect, createServer, type Server, type Socket } from "node:net";

/** The way from a browser to the system, which can be cut: not every driver can take its browser offline. */
export type Network = Readonly<{
  origin: string;
  cut: () => Promise<void>;
  mend: () => Promise<void>;
}>;

async function listen(server: Server, port: number): Promise<number> {
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port is free");
  return address.port;
}

/** @param target the system's address */
export async function openNetwork(target: string): Promise<Network> {
  const { hostname, port: targetPort } = new URL(target);
  const open = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(Number(targetPort), hostname);
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(one);
      one.pipe(other);
      one.on("error", () => other.destroy());
      one.on("close", () => {
        open.delete(one);
        other.destroy();
      });
    }
  });
  const port = await listen(server, 0);
  return {
    origin: `http://localhost:${port}`,
    async cut() {
      const closed = once(server, "close");
      server.close();
      for (const socket of open) socket.destroy();
      await closed;
    },
    mend: async () => void (await listen(server, port)),
  };
}

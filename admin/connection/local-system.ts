import { readFile } from "node:fs/promises";
import * as z from "zod";
import { type Connection, connect, ServiceEndpoints, StackOutputs } from "#admin/connection/connection.ts";
import { EnglishRefusal } from "#core/english-refusal.ts";

/** The Scrutin that runs on this machine. */

/** The contents of `.scrutin/<port>.json`. */
export const RunningSystem = z.object({
  url: z.url(),
  pid: z.number().int().positive(),
  outputs: StackOutputs,
  endpoints: ServiceEndpoints,
  /** Who signs the office's people in, and voters; none where no identity provider was started. */
  issuers: z.object({ office: z.url(), voters: z.url() }).optional(),
  /** Whether a client may name its own address, as tests and load do. */
  believesAddresses: z.boolean().default(false),
});
export type RunningSystem = Readonly<z.infer<typeof RunningSystem>>;

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: alive, and somebody else's.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

/** The system on a port of this machine; undefined when there is none. */
export async function findLocal(port: number): Promise<RunningSystem | undefined> {
  const text = await readFile(new URL(`../../.scrutin/${port}.json`, import.meta.url), "utf8").catch(() => undefined);
  if (text === undefined) return undefined;
  const running = RunningSystem.parse(JSON.parse(text));
  // A killed system leaves its file behind.
  return isAlive(running.pid) ? running : undefined;
}

/** Throws Refusal when nothing runs on the port. */
export async function connectToLocal(port: number): Promise<Connection> {
  const running = await findLocal(port);
  if (running === undefined) {
    throw new EnglishRefusal(
      `No Scrutin is running on port ${port}. Start one with npm start, or name a deployed one with --stage.`,
    );
  }
  return connect({ ...running.outputs, ApiUrl: running.url }, running.endpoints);
}

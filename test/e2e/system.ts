import type { TestProject } from "vitest/node";
import { startSystem } from "#local/system.ts";

/**
 * One running system for the whole suite: the one at SCRUTIN_URL, or one started here from the synthesized template. Its
 * visibility timeout is the shortest the configuration allows, so that poison reaches the dead-letter queue in seconds.
 */

declare module "vitest" {
  export interface ProvidedContext {
    url: string;
    /** Where the local system writes each function's log; empty for a system that runs elsewhere. */
    logDirectory: string;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const running = process.env.SCRUTIN_URL;
  if (running !== undefined) {
    project.provide("url", running);
    return async () => {};
  }
  const system = await startSystem({ port: 0, config: { validateTimeoutSeconds: 1, maxReceiveCount: 2 } });
  project.provide("url", system.url);
  return () => system.stop();
}

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { startSystem } from "#local/system.ts";

/**
 * One running system for the whole suite, started from the synthesized template. Its validation times out after a second
 * and retries once, so that poison reaches the dead-letter queue within the patience of a test.
 */

declare module "vitest" {
  export interface ProvidedContext {
    url: string;
    outputs: Readonly<Record<string, string>>;
    endpoints: Readonly<{ dynamodb: string; sqs: string; secretsmanager: string; cloudwatch: string }>;
    /** Where each function's log and metric lines go. */
    logFolder: string;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const logFolder = await mkdtemp(join(tmpdir(), "scrutin-logs-"));
  const system = await startSystem({
    port: 0,
    logFolder,
    config: { validateTimeoutSeconds: 1, maxReceiveCount: 2 },
  });
  project.provide("url", system.url);
  project.provide("outputs", system.outputs);
  project.provide("endpoints", system.endpoints);
  project.provide("logFolder", logFolder);
  return async () => {
    await system.stop();
    await rm(logFolder, { recursive: true, force: true });
  };
}

import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import * as z from "zod";
import { ServiceEndpoints } from "#admin/connection/connection.ts";
import { trustEmulator } from "#admin/connection/emulator.ts";
import { startSystem } from "#local/system.ts";

/**
 * One running system for the whole suite: the laptop's, started here from the synthesized template, or the one that
 * `npm run test:endpoint` deployed and serves on SCRUTIN_PORT. The laptop's validation times out after a second and retries
 * three times, so that poison reaches the dead-letter queue within the patience of a test; config/endpoint.json says alike.
 */

declare module "vitest" {
  export interface ProvidedContext {
    url: string;
    outputs: Readonly<Record<string, string>>;
    endpoints: Readonly<{ dynamodb: string; sqs: string; secretsmanager: string; cloudwatch: string }>;
    /** Where the functions' log and metric lines go: a folder on the laptop; undefined where they go to CloudWatch Logs. */
    logFolder: string | undefined;
  }
}

const Deployed = z.object({
  url: z.url(),
  outputs: z.record(z.string(), z.string()),
  endpoints: ServiceEndpoints.extend({ cloudwatch: z.url() }),
});

async function useDeployed(project: TestProject, port: string): Promise<void> {
  const file = new URL(`../../.scrutin/${port}.json`, import.meta.url);
  const { url, outputs, endpoints } = Deployed.parse(JSON.parse(await readFile(file, "utf8")));
  trustEmulator();
  project.provide("url", url);
  project.provide("outputs", outputs);
  project.provide("endpoints", endpoints);
  project.provide("logFolder", undefined);
}

async function startOurOwn(project: TestProject): Promise<() => Promise<void>> {
  const logFolder = await mkdtemp(join(tmpdir(), "scrutin-logs-"));
  const system = await startSystem({
    port: 0,
    logFolder,
    config: { validateTimeoutSeconds: 1, maxReceiveCount: 4 },
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

export default async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const port = process.env.SCRUTIN_PORT;
  if (port === undefined) return startOurOwn(project);
  await useDeployed(project, port);
  return undefined;
}

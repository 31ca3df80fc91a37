import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import * as z from "zod";
import { ServiceEndpoints } from "#admin/connection/connection.ts";
import { trustEmulator } from "#admin/connection/emulator.ts";
import { startSystem } from "#local/system.ts";

/**
 * One system for the whole suite: started here from the synthesized template, or the one that `npm run test:endpoint`
 * deployed and serves on SCRUTIN_PORT. Here a message is tried twice, so that poison reaches the dead-letter queue within a
 * minute.
 */

declare module "vitest" {
  export interface ProvidedContext {
    url: string;
    outputs: Readonly<Record<string, string>>;
    endpoints: Readonly<{ dynamodb: string; sqs: string; secretsmanager: string; cloudwatch: string; s3: string }>;
    /** The issuers of the office's tokens and of voters'; undefined where no identity provider was started. */
    issuers: Readonly<{ office: string; voters: string }> | undefined;
    /** The folder of the functions' log and metric lines; undefined where they go to CloudWatch Logs. */
    logFolder: string | undefined;
  }
}

const Deployed = z.object({
  url: z.url(),
  outputs: z.record(z.string(), z.string()),
  endpoints: ServiceEndpoints.extend({ cloudwatch: z.url() }),
  issuers: z.object({ office: z.url(), voters: z.url() }).optional(),
});

async function deployed(port: string) {
  const file = new URL(`../../.scrutin/${port}.json`, import.meta.url);
  const { url, outputs, endpoints, issuers } = Deployed.parse(JSON.parse(await readFile(file, "utf8")));
  trustEmulator();
  return { context: { url, outputs, endpoints, issuers, logFolder: undefined }, stop: async () => undefined };
}

async function ourOwn() {
  const logFolder = await mkdtemp(join(tmpdir(), "scrutin-logs-"));
  const system = await startSystem({ port: 0, logFolder, believesAddresses: true, config: { maxReceiveCount: 2 } });
  const { url, outputs, endpoints, issuers } = system;
  return {
    context: { url, outputs, endpoints, issuers, logFolder },
    async stop() {
      await system.stop();
      await rm(logFolder, { recursive: true, force: true });
    },
  };
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const port = process.env.SCRUTIN_PORT;
  const { context, stop } = await (port === undefined ? ourOwn() : deployed(port));
  project.provide("url", context.url);
  project.provide("outputs", context.outputs);
  project.provide("endpoints", context.endpoints);
  project.provide("issuers", context.issuers);
  project.provide("logFolder", context.logFolder);
  return stop;
}

import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ProvidedContext } from "vitest";
import type { TestProject } from "vitest/node";
import * as z from "zod";
import { ServiceEndpoints } from "#admin/connection/connection.ts";
import { trustEmulator } from "#admin/connection/emulator.ts";
import { serveChromium } from "#load/shared/chromium.ts";
import { startSystem } from "#local/system.ts";

/**
 * One system and one Chromium for the whole suite. The system is started here from the synthesized template, or is the one
 * that `npm run test:endpoint` deployed and serves on SCRUTIN_PORT. Here a message is tried twice, so that poison reaches
 * the dead-letter queue within a minute.
 */

declare module "vitest" {
  export interface ProvidedContext {
    /** Where Chromium accepts connections. */
    chromium: string;
    url: string;
    outputs: Readonly<Record<string, string>>;
    endpoints: Readonly<{ dynamodb: string; sqs: string; secretsmanager: string; cloudwatch: string }>;
    /** The folder of the functions' log and metric lines; undefined where they go to CloudWatch Logs. */
    logFolder: string | undefined;
  }
}

const Deployed = z.object({
  url: z.url(),
  outputs: z.record(z.string(), z.string()),
  endpoints: ServiceEndpoints.extend({ cloudwatch: z.url() }),
});

/** What the test projects share. */
type Shared = Readonly<{
  context: Pick<ProvidedContext, "chromium" | "url" | "outputs" | "endpoints" | "logFolder">;
  stop(): Promise<void>;
}>;

async function deployed(port: string) {
  const file = new URL(`../../.scrutin/${port}.json`, import.meta.url);
  const { url, outputs, endpoints } = Deployed.parse(JSON.parse(await readFile(file, "utf8")));
  trustEmulator();
  return { context: { url, outputs, endpoints, logFolder: undefined }, stop: async () => undefined };
}

async function ourOwn() {
  const logFolder = await mkdtemp(join(tmpdir(), "scrutin-logs-"));
  const system = await startSystem({ port: 0, logFolder, config: { maxReceiveCount: 2 } });
  const { url, outputs, endpoints } = system;
  return {
    context: { url, outputs, endpoints, logFolder },
    async stop() {
      await system.stop();
      await rm(logFolder, { recursive: true, force: true });
    },
  };
}

async function start(): Promise<Shared> {
  const port = process.env.SCRUTIN_PORT;
  const [system, chromium] = await Promise.all([port === undefined ? ourOwn() : deployed(port), serveChromium()]);
  return {
    context: { ...system.context, chromium: chromium.wsEndpoint() },
    async stop() {
      await Promise.all([chromium.close(), system.stop()]);
    },
  };
}

declare global {
  /** Every project loads this file, but only one system is started. */
  var scrutinUnderTest: Promise<Shared> | undefined;
}

export default async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const isFirst = globalThis.scrutinUnderTest === undefined;
  globalThis.scrutinUnderTest ??= start();
  const { context, stop } = await globalThis.scrutinUnderTest;
  project.provide("chromium", context.chromium);
  project.provide("url", context.url);
  project.provide("outputs", context.outputs);
  project.provide("endpoints", context.endpoints);
  project.provide("logFolder", context.logFolder);
  return isFirst ? stop : undefined;
}

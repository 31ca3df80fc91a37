import { randomUUID } from "node:crypto";
import { App } from "aws-cdk-lib";
import * as z from "zod";
import { Refusal } from "#core/refusal.ts";
import { Config, readConfig } from "#infra/config.ts";
import { addStacks } from "#infra/stacks/stage-stacks.ts";
import { WarmedTables } from "#infra/warmed-tables.ts";

/**
 * The CDK app: `cdk synth`, `cdk deploy -c stage=NAME`. infra/synthesize.ts also runs it, and passes the parameters in
 * `config`.
 */

const app = new App({ analyticsReporting: false });
const context = (key: string): unknown => app.node.tryGetContext(key);
try {
  const config =
    context("config") === undefined ? readConfig(String(context("stage") ?? "dev")) : Config.parse(context("config"));
  const warmed = WarmedTables.parse(JSON.parse(String(context("warmed") ?? "{}")));
  const siteUrl = z.url().optional().parse(context("siteUrl"));
  await addStacks(app, config, String(context("deployment") ?? randomUUID()), { warmed, siteUrl });
} catch (error) {
  if (!(error instanceof Refusal)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}
app.synth();

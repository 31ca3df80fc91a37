import { randomUUID } from "node:crypto";
import { App } from "aws-cdk-lib";
import { Refusal } from "#core/refusal.ts";
import { readConfig } from "#infra/config.ts";
import { addStacks, bundle } from "#infra/synthesize.ts";

/** The CDK app: `cdk synth`, `cdk deploy -c stage=NAME`. */

const app = new App();
try {
  const config = readConfig(String(app.node.tryGetContext("stage") ?? "dev"));
  await bundle(config);
  await addStacks(app, config, randomUUID());
} catch (error) {
  if (!(error instanceof Refusal)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}
app.synth();

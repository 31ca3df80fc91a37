import { App } from "aws-cdk-lib";
import { Refusal } from "#functions/shared/refusal.ts";
import { bundleFunctions } from "#infra/bundle.ts";
import { readConfig } from "#infra/config.ts";
import { addStacks } from "#infra/synthesize.ts";

/** The CDK app: `cdk synth`, `cdk deploy -c stage=NAME`. */

await bundleFunctions();
const app = new App();
try {
  await addStacks(app, readConfig(String(app.node.tryGetContext("stage") ?? "dev")));
} catch (error) {
  if (!(error instanceof Refusal)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}
app.synth();

import { App } from "aws-cdk-lib";
import { bundleFunctions } from "#infra/bundle.ts";
import { readConfig } from "#infra/config.ts";
import { addStacks } from "#infra/synthesize.ts";

/** The CDK app: `cdk synth`, `cdk deploy -c stage=NAME`. */

await bundleFunctions();
const app = new App();
addStacks(app, readConfig(String(app.node.tryGetContext("stage") ?? "dev")));
app.synth();

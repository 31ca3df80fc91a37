import { randomUUID } from "node:crypto";
import { App } from "aws-cdk-lib";
import { readConfig, refuseLeavingOut } from "#infra/config.ts";
import { addStacks, bundle } from "#infra/synthesize.ts";

/** The CDK app: `cdk synth`, `cdk deploy -c stage=NAME`. */

const app = new App();
const config = readConfig(String(app.node.tryGetContext("stage") ?? "dev"));
refuseLeavingOut(config, process.env);
await bundle(config);
addStacks(app, config, randomUUID());
app.synth();

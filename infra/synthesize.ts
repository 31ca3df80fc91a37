import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { App } from "aws-cdk-lib";
import { readDefinitions } from "#functions/shared/definition-file.ts";
import { bundleFunctions } from "#infra/bundle.ts";
import { type Config, type ConfigOverrides, readConfig } from "#infra/config.ts";
import { DataStack } from "#infra/data-stack.ts";
import { VotingStack } from "#infra/voting-stack.ts";

const PROJECT = fileURLToPath(new URL("..", import.meta.url));

/** What cdk.json tells the app when the CDK's own command runs it: the data stack may not drop what the voting stack uses. */
const CONTEXT = { "@aws-cdk/core:defaultCrossStackReferences": "strong" } as const;

/**
 * Puts the stacks of one stage into an app. The functions' bundles must be there.
 * @throws Refusal that names the file, the field and the rule when a definition of the stage is broken
 */
export async function addStacks(app: App, config: Config): Promise<Readonly<{ data: DataStack; voting: VotingStack }>> {
  const elections = await readDefinitions(resolve(PROJECT, config.electionsFolder));
  const name = (part: string): string => `scrutin-${config.stage}-${part}`;
  const props = { env: { region: config.region }, terminationProtection: config.retainData };
  const data = new DataStack(app, name("data"), config, props);
  return { data, voting: new VotingStack(app, name("voting"), { config, data, elections }, props) };
}

/** A stage's synthesized templates, and the temporary folder that holds its assets; whoever asked removes it. */
export type Synthesized = Readonly<{ config: Config; templates: readonly unknown[]; assetFolder: string }>;

/** Bundles the functions and synthesizes a stage in this process: what `cdk deploy` would deploy. */
export async function synthesize(stage: string, overrides: ConfigOverrides = {}): Promise<Synthesized> {
  const config = readConfig(stage, overrides);
  await bundleFunctions();
  const app = new App({
    analyticsReporting: false,
    context: CONTEXT,
    outdir: await mkdtemp(join(tmpdir(), "scrutin-assembly-")),
  });
  const { data, voting } = await addStacks(app, config);
  const assembly = app.synth();
  return {
    config,
    templates: [data, voting].map((stack) => assembly.getStackByName(stack.stackName).template),
    assetFolder: assembly.directory,
  };
}

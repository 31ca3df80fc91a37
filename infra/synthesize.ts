import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { App, type Stack } from "aws-cdk-lib";
import { bundleFunctions, bundleSite } from "#infra/bundle.ts";
import { type Config, type ConfigOverrides, readConfig } from "#infra/config.ts";
import { boundAccount, lacks } from "#infra/emulator.ts";
import { DataStack } from "#infra/stacks/data-stack.ts";
import { ObservabilityStack } from "#infra/stacks/observability-stack.ts";
import { SiteStack } from "#infra/stacks/site-stack.ts";
import { VotingStack } from "#infra/stacks/voting-stack.ts";
import { readDefinitions } from "#storage/definition-file.ts";

const PROJECT = fileURLToPath(new URL("..", import.meta.url));

/** What cdk.json tells the app when the CDK's own command runs it: the data stack may not drop what the voting stack uses. */
const CONTEXT = { "@aws-cdk/core:defaultCrossStackReferences": "strong" } as const;

/** Stands for a deployment where nothing is deployed, so that the same sources always give the same templates. */
const NO_DEPLOYMENT = "00000000-0000-4000-8000-000000000000";

/** The name of one of a stage's stacks. */
export const stackName = (stage: string, part: "data" | "voting" | "site" | "observability"): string =>
  `scrutin-${stage}-${part}`;

/** Where the definitions of a stage lie. */
export const electionsFolderOf = ({ electionsFolder }: Pick<Config, "electionsFolder">): string =>
  resolve(PROJECT, electionsFolder);

/**
 * Puts the stacks of one stage into an app, in the order in which they are deployed. What their assets are made of must be
 * there: the functions' bundles, and the site's unless it is left out.
 * @param deployment UUID of this deployment
 * @throws Refusal that names the file, the field and the rule when a definition of the stage is broken
 */
export async function addStacks(app: App, config: Config, deployment = NO_DEPLOYMENT): Promise<readonly Stack[]> {
  const definitions = await readDefinitions(electionsFolderOf(config));
  const account = boundAccount(config);
  const env = { region: config.region, ...(account !== undefined && { account }) };
  const props = { env, terminationProtection: config.retainData };
  const data = new DataStack(app, stackName(config.stage, "data"), config, props);
  const voting = new VotingStack(app, stackName(config.stage, "voting"), { config, data, definitions }, props);
  const stacks: Stack[] = [data, voting];
  if (!lacks(config, "cloudfront")) {
    const name = stackName(config.stage, "site");
    stacks.push(new SiteStack(app, name, config, { ...props, votingStack: voting, deployment }));
  }
  if (!lacks(config, "observability")) {
    const name = stackName(config.stage, "observability");
    stacks.push(new ObservabilityStack(app, name, config, { data, voting }, { env }));
  }
  return stacks;
}

/** A stage's synthesized templates, and the temporary folder that holds its assets; whoever asked removes it. */
export type Synthesized = Readonly<{
  config: Config;
  /** By the name of the stack. */
  templates: Readonly<Record<string, unknown>>;
  assetFolder: string;
}>;

/** Makes what the stacks' assets are made of. */
export async function bundle(config: Pick<Config, "emulator">): Promise<void> {
  await Promise.all([bundleFunctions(), ...(lacks(config, "cloudfront") ? [] : [bundleSite()])]);
}

/** Bundles the functions and synthesizes a stage in this process: what `cdk deploy` would deploy. */
export async function synthesize(stage: string, overrides: ConfigOverrides = {}): Promise<Synthesized> {
  const config = readConfig(stage, overrides);
  await bundle(config);
  const app = new App({
    analyticsReporting: false,
    context: CONTEXT,
    outdir: await mkdtemp(join(tmpdir(), "scrutin-assembly-")),
  });
  const stacks = await addStacks(app, config);
  const assembly = app.synth();
  return {
    config,
    templates: Object.fromEntries(
      stacks.map(({ stackName }) => [stackName, assembly.getStackByName(stackName).template]),
    ),
    assetFolder: assembly.directory,
  };
}

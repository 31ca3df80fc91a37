import { Annotations, type App, type Stack } from "aws-cdk-lib";
import { definitionWarnings } from "#core/definition-faults.ts";
import { paperTimesFaults } from "#core/paper.ts";
import { bundle } from "#infra/bundle.ts";
import { type Config, stackName } from "#infra/config.ts";
import { boundAccount, lacks } from "#infra/emulator.ts";
import { setBundle } from "#infra/stacks/bundle-context.ts";
import { DataStack } from "#infra/stacks/data-stack.ts";
import { ObservabilityStack } from "#infra/stacks/observability-stack.ts";
import { SiteStack } from "#infra/stacks/site-stack.ts";
import { VotingStack } from "#infra/stacks/voting-stack.ts";
import { readStageDefinitions } from "#infra/stage-definitions.ts";
import type { WarmedTables } from "#infra/warmed-tables.ts";

/** What is known of the stage where it was deployed before. */
export type Deployed = Readonly<{
  warmed?: WarmedTables;
  /** Which CloudFront assigned, where the stage has no domain. */
  siteUrl?: string | undefined;
}>;

/**
 * Adds the stacks of one stage to an app, in the order of deployment.
 * @param deployment UUID of this deployment
 * @throws Refusal that names the file, the field and the rule when a definition of the stage is invalid
 */
export async function addStacks(
  app: App,
  config: Config,
  deployment: string,
  { warmed = {}, siteUrl }: Deployed = {},
): Promise<readonly Stack[]> {
  const definitions = await readStageDefinitions(config);
  setBundle(app, await bundle());
  const account = boundAccount(config);
  const env = { region: config.region, ...(account !== undefined && { account }) };
  const props = { env, terminationProtection: config.retainData };
  const address = config.domain === undefined ? siteUrl : `https://${config.domain}`;
  const data = new DataStack(app, stackName(config.stage, "data"), { config, warmed, siteUrl: address }, props);
  const voting = new VotingStack(app, stackName(config.stage, "voting"), { config, data, definitions }, props);
  if (address === undefined && config.officeIssuer === undefined && !lacks(config, "cloudfront")) {
    const warning =
      "The office cannot sign in yet: its user pool must know the address that CloudFront assigns. Deploy once more.";
    Annotations.of(data).addWarningV2("office-address", warning);
  }
  for (const definition of definitions) {
    for (const warning of definitionWarnings(definition)) {
      Annotations.of(voting).addWarningV2(
        `election-${definition.electionId}`,
        `Election ${definition.electionId}: ${warning.en}`,
      );
    }
  }
  // Officers may have moved those of one since, and its file with them.
  for (const { electionId, fault } of paperTimesFaults(definitions)) {
    const warning = `Election ${electionId}: ${fault.en} Unless an officer moved it, that is refused when it is deployed.`;
    Annotations.of(voting).addWarningV2(`paper-times-${electionId}`, warning);
  }
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

import { Stack, type StackProps } from "aws-cdk-lib";
import { CfnGroup } from "aws-cdk-lib/aws-xray";
import type { Construct } from "constructs";
import type { Config } from "#infra/config.ts";
import { Alarms } from "#infra/observability/alarms/alarms.ts";
import { watch } from "#infra/observability/alarms/watch.ts";
import { Dashboards } from "#infra/observability/dashboards/dashboards.ts";
import { observedParts } from "#infra/observability/observed-parts.ts";
import { countTurnedAway } from "#infra/observability/turned-away.ts";
import type { DataStack } from "#infra/stacks/data-stack.ts";
import type { VotingStack } from "#infra/stacks/voting-stack.ts";

/** What observers and officers see of a stage: dashboards, alarms, and its functions' traces as one group. */
export class ObservabilityStack extends Stack {
  constructor(
    scope: Construct,
    id: string,
    config: Config,
    { data, voting }: Readonly<{ data: DataStack; voting: VotingStack }>,
    props: StackProps,
  ) {
    super(scope, id, props);
    const parts = { ...observedParts(data, voting), turnedAway: countTurnedAway(this, voting.api, config) };
    const alarms = new Alarms(this, "Alarms", config);
    watch(alarms, config, parts);
    new Dashboards(this, "Dashboard", { config, parts, alarms });

    new CfnGroup(this, "Traces", {
      groupName: `scrutin-${config.stage}`,
      filterExpression: parts.functions
        .map(({ lambda }) => `service(id(name: "${lambda.functionName}", type: "AWS::Lambda::Function"))`)
        .join(" OR "),
      insightsConfiguration: { insightsEnabled: false },
    });
  }
}

import { Stack, type StackProps } from "aws-cdk-lib";
import { CfnGroup } from "aws-cdk-lib/aws-xray";
import type { Construct } from "constructs";
import { Alarms } from "#infra/alarms.ts";
import type { Config } from "#infra/config.ts";
import { Dashboards } from "#infra/dashboard.ts";
import type { DataStack } from "#infra/data-stack.ts";
import { observedParts } from "#infra/observed-parts.ts";
import { countTurnedAway } from "#infra/turned-away.ts";
import type { VotingStack } from "#infra/voting-stack.ts";
import { watch } from "#infra/watch.ts";

/** What observers and officers see of a deployment: dashboards, alarms, and the traces of its functions as one group. */
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
      filterExpression: [...parts.functions.values()]
        .map(({ lambda }) => `service(id(name: "${lambda.functionName}", type: "AWS::Lambda::Function"))`)
        .join(" OR "),
      insightsConfiguration: { insightsEnabled: false },
    });
  }
}

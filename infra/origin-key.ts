import { ArnFormat, CustomResource, Duration, Stack } from "aws-cdk-lib";
import { Construct } from "constructs";
import type { OriginKeyAttributes, OriginKeyProperties } from "#functions/origin-keys/contract.ts";
import type { OriginKeysEnv } from "#functions/origin-keys/env.ts";
import type { Config } from "#infra/config.ts";
import { secretNames } from "#infra/data-stack.ts";
import { ScrutinFunction } from "#infra/function.ts";

const TIMEOUT = Duration.seconds(60);
/** CloudFormation would wait an hour for a function that cannot answer. */
const GIVE_UP_AFTER = Duration.minutes(5);
/** CloudFormation ends a stack's ARN in a UUID, which no policy can know. */
const STACK_ID = [8, 4, 4, 4, 12].map((digits) => "?".repeat(digits)).join("-");

/** Has the function `origin-keys` make a key for this deployment, and learns where the API is. Both are in another region. */
export class OriginKey extends Construct {
  readonly key: string;
  readonly apiDomain: string;

  constructor(
    scope: Construct,
    id: string,
    { config, votingStack, deployment }: Readonly<{ config: Config; votingStack: Stack; deployment: string }>,
  ) {
    super(scope, id);
    const { originKeys } = secretNames(config);
    const { stackName } = votingStack;
    const { partition, account } = Stack.of(this);
    const maker = new ScrutinFunction<OriginKeysEnv>(this, "origin-keys", {
      config,
      timeoutSeconds: TIMEOUT.toSeconds(),
      isAlone: true,
      environment: { VOTING_REGION: config.region, VOTING_STACK: stackName, KEYS_SECRET_NAME: originKeys },
    })
      .maySecret(["GetSecretValue", "PutSecretValue"], originKeys, config.region)
      .allow(
        ["cloudformation:DescribeStacks"],
        Stack.of(this).formatArn({
          partition,
          account,
          region: config.region,
          service: "cloudformation",
          resource: "stack",
          resourceName: `${stackName}/${STACK_ID}`,
          arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
        }),
      );
    const properties: OriginKeyProperties = { deployment };
    const made = new CustomResource(this, "Key", {
      resourceType: "Custom::OriginKey",
      serviceToken: maker.lambda.functionArn,
      serviceTimeout: GIVE_UP_AFTER,
      properties,
    });
    // The right to write must be there before the first key is made.
    made.node.addDependency(maker);
    const attribute = (name: keyof OriginKeyAttributes): string => made.getAttString(name);
    this.key = attribute("key");
    this.apiDomain = attribute("apiDomain");
  }
}

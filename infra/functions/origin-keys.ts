import { CustomResource, Duration, Stack, Validations } from "aws-cdk-lib";
import { Construct } from "constructs";
import type { OriginKeyAttributes, OriginKeyProperties } from "#functions/origin-keys/contract.ts";
import type { OriginKeysEnv } from "#functions/origin-keys/env.ts";
import type { Config } from "#infra/config.ts";
import { ScrutinFunction } from "#infra/functions/scrutin-function.ts";
import { secretNames } from "#infra/stacks/data-stack.ts";

const TIMEOUT = Duration.seconds(60);
/** CloudFormation would wait an hour for a function that cannot answer. */
const GIVE_UP_AFTER = Duration.minutes(5);
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
    // CloudFormation ends a stack's ARN in an id of its own, and asks for the right by name before it looks the id up.
    const anyId = `stack/${stackName}/*`;
    const maker = new ScrutinFunction<OriginKeysEnv>(this, "origin-keys", {
      config,
      timeoutSeconds: TIMEOUT.toSeconds(),
      isAlone: true,
      environment: { VOTING_REGION: config.region, VOTING_STACK: stackName, KEYS_SECRET_NAME: originKeys },
    })
      .maySecret(["GetSecretValue", "PutSecretValue"], originKeys, config.region)
      .allow(["cloudformation:DescribeStacks"], this.#inRegion(config, anyId));
    Validations.of(maker).acknowledge({
      id: `AwsSolutions::AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:cloudformation:${config.region}:<AWS::AccountId>:${anyId}]`,
      reason: "The one stack of that name, whose ARN ends in an id that is not known before",
    });
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
  #inRegion({ region }: Config, resource: string): string {
    const { partition, account } = Stack.of(this);
    return `arn:${partition}:cloudformation:${region}:${account}:${resource}`;
  }
}

import { CustomResource, Duration, Stack, Validations } from "aws-cdk-lib";
import { Construct } from "constructs";
import type { OriginKeyAttributes, OriginKeyProperties } from "#functions/origin-keys/contract.ts";
import type { OriginKeysEnv } from "#functions/origin-keys/env.ts";
import type { Config } from "#infra/config.ts";
import { secretNames } from "#infra/data/secret-names.ts";
import { ScrutinFunction, type Variables } from "#infra/functions/scrutin-function.ts";

const TIMEOUT_SECONDS = 60;
/** CloudFormation would wait an hour for a function that cannot answer. */
const GIVE_UP_AFTER = Duration.minutes(5);

type Neighbours = Readonly<{
  /** Of another region: where the API is, and the secret that takes the key. */
  asks: Stack;
  /** UUID of this deployment. */
  deployment: string;
}>;

/** Makes the key by which the API knows CloudFront, one for each deployment, and looks up where the API is. */
export class OriginKeys extends Construct {
  readonly key: string;
  readonly apiDomain: string;

  constructor(scope: Construct, config: Config, { asks: { stackName }, deployment }: Neighbours) {
    super(scope, "OriginKey");
    const { originKeys } = secretNames(config);
    const { partition, account } = Stack.of(this);
    // A stack's ARN ends in an id of CloudFormation's, and rights are checked before the name is resolved to it.
    const anyId = `stack/${stackName}/*`;
    const maker = new ScrutinFunction(this, "origin-keys", {
      config,
      timeoutSeconds: TIMEOUT_SECONDS,
      isAlone: true,
      environment: {
        VOTING_REGION: config.region,
        VOTING_STACK: stackName,
        KEYS_SECRET_NAME: originKeys,
      } satisfies Variables<OriginKeysEnv>,
    })
      .maySecret(["GetSecretValue", "PutSecretValue"], originKeys, config.region)
      .allow(["cloudformation:DescribeStacks"], `arn:${partition}:cloudformation:${config.region}:${account}:${anyId}`);
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
    // The function needs its rights before it makes the first key.
    made.node.addDependency(maker);
    const attribute = (name: keyof OriginKeyAttributes): string => made.getAttString(name);
    this.key = attribute("key");
    this.apiDomain = attribute("apiDomain");
  }
}

import { CustomResource, Duration, Stack, Validations } from "aws-cdk-lib";
import { Construct } from "constructs";
import type { OriginKeyAttributes, OriginKeyProperties } from "#functions/origin-keys/contract.ts";
import type { OriginKeysEnv } from "#functions/origin-keys/env.ts";
import type { Config } from "#infra/config.ts";
import { secretNames } from "#infra/data/secret-names.ts";
import { ScrutinFunction, type Variables } from "#infra/functions/scrutin-function.ts";

const TIMEOUT_SECONDS = 60;
/** CloudFormation's default is to wait an hour for a function that does not answer. */
const GIVE_UP_AFTER = Duration.minutes(5);

type Neighbours = Readonly<{
  /** The stack, in another region, of the API and of the secret for the key. */
  asks: Stack;
  /** UUID of this deployment. */
  deployment: string;
}>;

/** Makes a key at each deployment by which the API recognizes CloudFront, and looks up the API's address and the bucket of certified bundles. */
export class OriginKeys extends Construct {
  readonly key: string;
  readonly apiDomain: string;
  readonly certifiedBucket: string;

  constructor(scope: Construct, config: Config, { asks: { stackName }, deployment }: Neighbours) {
    super(scope, "OriginKey");
    const { originKeys } = secretNames(config);
    const { partition, account } = Stack.of(this);
    // A stack's ARN ends in an id that CloudFormation assigns.
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
    this.certifiedBucket = attribute("certifiedBucket");
  }
}

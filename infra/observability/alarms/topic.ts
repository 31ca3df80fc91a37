import { RemovalPolicy, Stack } from "aws-cdk-lib";
import { PolicyStatement, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Key } from "aws-cdk-lib/aws-kms";
import { Topic } from "aws-cdk-lib/aws-sns";
import { EmailSubscription } from "aws-cdk-lib/aws-sns-subscriptions";
import { Construct } from "constructs";
import type { Config } from "#infra/config.ts";

/** The topic that alarms notify: encrypted, TLS only, mailed to the stage's `alarmEmail`. */
export class AlarmTopic extends Construct {
  readonly topic: Topic;

  constructor(scope: Construct, id: string, config: Config) {
    super(scope, id);
    const { account, region, partition } = Stack.of(this);
    // CloudWatch may not use AWS's own key for SNS: its alarms would never arrive.
    const masterKey = new Key(this, "Key", {
      description: `Scrutin ${config.stage}: alarms on their way to those who answer them`,
      enableKeyRotation: true,
      // It encrypts nothing that is kept.
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const alarmsMay = (actions: readonly string[], resource: string): PolicyStatement =>
      new PolicyStatement({
        principals: [new ServicePrincipal("cloudwatch.amazonaws.com")],
        actions: [...actions],
        resources: [resource],
        conditions: {
          StringEquals: { "aws:SourceAccount": account },
          ArnLike: { "aws:SourceArn": `arn:${partition}:cloudwatch:${region}:${account}:alarm:*` },
        },
      });
    masterKey.addToResourcePolicy(alarmsMay(["kms:Decrypt", "kms:GenerateDataKey*"], "*"));
    this.topic = new Topic(this, "Topic", { displayName: `Scrutin ${config.stage}`, masterKey, enforceSSL: true });
    // The policy that `enforceSSL` makes only denies, and takes the place of SNS's own, which lets the account publish.
    this.topic.addToResourcePolicy(alarmsMay(["sns:Publish"], this.topic.topicArn));
    if (config.alarmEmail !== undefined) this.topic.addSubscription(new EmailSubscription(config.alarmEmail));
  }
}

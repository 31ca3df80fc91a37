import { RemovalPolicy, Stack } from "aws-cdk-lib";
import type { Distribution } from "aws-cdk-lib/aws-cloudfront";
import { PolicyStatement, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import {
  CfnDelivery,
  CfnDeliveryDestination,
  CfnDeliverySource,
  LogGroup,
  ResourcePolicy,
  type RetentionDays,
} from "aws-cdk-lib/aws-logs";
import { Construct } from "constructs";
import type { Config } from "#infra/config.ts";
import { CDN_LOG_FIELDS } from "#infra/log-records.ts";

/** CloudFront's access log. Only standard logging v2 can leave fields out. */
export class SiteLogs extends Construct {
  readonly log: LogGroup;

  constructor(scope: Construct, id: string, config: Config, distribution: Distribution) {
    super(scope, id);
    const { stackName, partition, region, account } = Stack.of(this);
    this.log = new LogGroup(this, "Log", {
      logGroupName: `/aws/vendedlogs/cloudfront/${stackName}`,
      retention: config.logRetentionDays as RetentionDays,
      // It says nothing about votes, and can be created again under its name.
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const policy = new ResourcePolicy(this, "DeliveryMayWrite", {
      resourcePolicyName: `${stackName}-access-log`,
      policyStatements: [
        new PolicyStatement({
          principals: [new ServicePrincipal("delivery.logs.amazonaws.com")],
          actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
          resources: [this.log.logGroupArn],
          conditions: {
            StringEquals: { "aws:SourceAccount": account },
            ArnLike: { "aws:SourceArn": `arn:${partition}:logs:${region}:${account}:*` },
          },
        }),
      ],
    });
    const source = new CfnDeliverySource(this, "Source", {
      name: `${stackName}-source`,
      logType: "ACCESS_LOGS",
      resourceArn: distribution.distributionArn,
    });
    const destination = new CfnDeliveryDestination(this, "Destination", {
      name: `${stackName}-destination`,
      outputFormat: "json",
      destinationResourceArn: this.log.logGroupArn,
    });
    const delivery = new CfnDelivery(this, "Delivery", {
      deliverySourceName: source.ref,
      deliveryDestinationArn: destination.attrArn,
      recordFields: [...CDN_LOG_FIELDS],
    });
    delivery.node.addDependency(policy);
  }
}

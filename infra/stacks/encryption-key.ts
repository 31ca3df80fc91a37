import { Duration, RemovalPolicy, Stack } from "aws-cdk-lib";
import { Key } from "aws-cdk-lib/aws-kms";
import type { Construct } from "constructs";
import type { Config } from "#infra/config.ts";

/** How long AWS waits before it destroys a key that was given up; the longest it offers. */
const SECOND_THOUGHTS = Duration.days(30);

/** A key of the account's own, renewed every year by AWS: whose use CloudTrail records, and that can be withdrawn. */
export function encryptionKey(scope: Construct, id: string, config: Config, what: string): Key {
  return new Key(scope, id, {
    description: `Scrutin ${config.stage}: encrypts ${what}`,
    enableKeyRotation: true,
    pendingWindow: SECOND_THOUGHTS,
    removalPolicy: config.retainData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
  });
}

/** The key may be used by way of one service of this region only: whoever holds the right cannot decrypt by hand. */
export function onlyThrough(service: "dynamodb" | "sqs", scope: Construct) {
  return { StringEquals: { "kms:ViaService": `${service}.${Stack.of(scope).region}.amazonaws.com` } };
}

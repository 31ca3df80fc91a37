import { Duration, Stack } from "aws-cdk-lib";
import { Key, type KeyProps } from "aws-cdk-lib/aws-kms";
import type { Construct } from "constructs";
import type { Config } from "#infra/config.ts";
import { removal } from "#infra/data/removal.ts";

/** AWS's maximum. */
const DELETION_DELAY = Duration.days(30);

/** A customer managed key: AWS rotates it every year, CloudTrail records its use, and it can be withdrawn. */
export function encryptionKey(
  scope: Construct,
  id: string,
  config: Config,
  what: string,
  options: Pick<KeyProps, "alias" | "policy"> = {},
): Key {
  return new Key(scope, id, {
    description: `Scrutin ${config.stage}: encrypts ${what}`,
    enableKeyRotation: true,
    pendingWindow: DELETION_DELAY,
    removalPolicy: removal(config),
    ...options,
  });
}

/** Restricts a right on a key to one service in this region: its holder cannot call KMS directly. */
export function onlyThrough(service: "dynamodb" | "secretsmanager" | "sqs", scope: Construct) {
  return { StringEquals: { "kms:ViaService": `${service}.${Stack.of(scope).region}.amazonaws.com` } };
}

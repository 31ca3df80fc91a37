import { Validations } from "aws-cdk-lib";
import type { Config } from "#infra/config.ts";
import { onlyThrough } from "#infra/data/encryption-key.ts";
import { secretNames } from "#infra/data/secret-names.ts";
import type { Tables } from "#infra/data/tables.ts";
import type { ScrutinFunction } from "#infra/functions/scrutin-function.ts";
import type { VotesQueue } from "#infra/voting/votes-queue.ts";

/**
 * What the console needs while people vote: figures, what waits and rings, signed changes, and sending again what was set aside. SQS moves
 * messages with the caller's rights, so these include receiving what was set aside and sending it (SQS guide, "Dead-letter queue redrive
 * permissions"); what it holds is sealed, and this role has no key that opens it.
 */
export function mayHoldPollingDay(
  office: ScrutinFunction,
  config: Config,
  { elections, tallies, published, rejectedAttempts, biographies }: Tables,
  queue: VotesQueue,
): void {
  const { queue: votes, deadLetters, encryption } = queue;
  office
    .may(["PutItem", "UpdateItem"], elections)
    .may(["Query"], tallies)
    .may(["GetItem"], published)
    .may(["Query"], rejectedAttempts)
    .may(["Query"], biographies)
    .mayReadSecret(secretNames(config).signingKeyPrefix)
    .mayReadMetrics()
    .allow(["sqs:GetQueueAttributes"], votes.queueArn)
    .allow(
      [
        "sqs:GetQueueAttributes",
        "sqs:StartMessageMoveTask",
        "sqs:ListMessageMoveTasks",
        "sqs:ReceiveMessage",
        "sqs:DeleteMessage",
      ],
      deadLetters.queueArn,
    )
    .allow(["sqs:SendMessage"], votes.queueArn)
    .allow(["kms:Decrypt", "kms:GenerateDataKey"], encryption.keyArn, onlyThrough("sqs", office))
    // Composite alarms are told only to whoever may ask for all (CloudWatch API, DescribeAlarms).
    .allow(["cloudwatch:DescribeAlarms"], "*");
  Validations.of(office).acknowledge({
    id: "AwsSolutions::AwsSolutions-IAM5[Resource::*]",
    reason:
      "cloudwatch:DescribeAlarms tells of composite alarms only without a narrower resource; it reads their states",
  });
}

import { Stack } from "aws-cdk-lib";
import { SqsEventSource } from "aws-cdk-lib/aws-lambda-event-sources";
import type { Construct } from "constructs";
import { KEPT_PREFIX, PUBLISHED_PREFIX } from "#core/published-bundle.ts";
import type { OfficeWorkEnv } from "#functions/office-work/env.ts";
import type { Config } from "#infra/config.ts";
import { acknowledgeFiles } from "#infra/data/certified-bucket.ts";
import { onlyThrough } from "#infra/data/encryption-key.ts";
import { RESTORABLE } from "#infra/data/officer-role.ts";
import { acknowledgeSecrets, secretArn } from "#infra/data/secret-arn.ts";
import { secretNames } from "#infra/data/secret-names.ts";
import type { Data } from "#infra/data/tables.ts";
import { ScrutinFunction, type Variables } from "#infra/functions/scrutin-function.ts";
import type { OfficeQueue } from "#infra/office/office-queue.ts";
import { connectionVariables } from "#infra/office/variables.ts";
import type { VotesQueue } from "#infra/voting/votes-queue.ts";

/** Lambda's maximum. */
export const OFFICE_WORK_SECONDS = 900;
/** One processor (Lambda guide, "Configure Lambda function memory"): what takes long opens one envelope after the other. */
const MEGABYTES = 1769;
/** A ballot box of half a million, twice while it is sorted, and a country's roll. */
const TEMPORARY_MEGABYTES = 4096;
/** One by one: each is begun once, and may take all of the time. */
export const JOBS_PER_REQUEST = 1;
/** The least that AWS allows. */
const JOBS_AT_ONCE = 2;

type Neighbours = Readonly<{ takesFrom: OfficeQueue; data: Data; queue: VotesQueue }>;

/**
 * Does what officers ask for and takes longer than a request: states openings, recounts, certifies, publishes, shreds, deletes. Takes
 * nothing from a message but the id of a job, which only `office` can have put down.
 */
export class OfficeWork extends ScrutinFunction {
  constructor(scope: Construct, config: Config, { takesFrom, data, queue }: Neighbours) {
    super(scope, "office-work", {
      config,
      timeoutSeconds: OFFICE_WORK_SECONDS,
      memoryMegabytes: MEGABYTES,
      temporaryMegabytes: TEMPORARY_MEGABYTES,
      environment: {
        ...connectionVariables(config, data, queue),
        OFFICE_TABLE: data.office.tableName,
      } satisfies Variables<OfficeWorkEnv>,
    });
    this.#mayUseTables(data);
    this.#mayUseSecrets(config);
    this.#mayLookAtQueues(queue);
    this.#mayKeepBundles(data);
    this.lambda.addEventSource(
      new SqsEventSource(takesFrom.queue, {
        batchSize: JOBS_PER_REQUEST,
        maxConcurrency: JOBS_AT_ONCE,
        reportBatchItemFailures: true,
      }),
    );
  }

  #mayUseTables(data: Data): void {
    this.may(["DeleteItem", "GetItem", "UpdateItem"], data.office)
      // Deletes only an election that nobody voted in, or for rehearsal.
      .may(["DeleteItem", "GetItem", "PutItem", "Scan", "UpdateItem"], data.elections)
      .may(["BatchGetItem", "DeleteItem", "Scan"], data.roll)
      .may(["DeleteItem", "Scan"], data.votes)
      .may(["DeleteItem", "PutItem", "Query", "Scan", "UpdateItem"], data.tallies)
      .may(["DeleteItem", "Scan"], data.published)
      .may(["DeleteItem", "PutItem", "Scan"], data.board)
      .may(["DeleteItem", "Query", "Scan"], data.rejectedAttempts)
      .may(["DeleteItem", "Query", "Scan"], data.biographies);
  }

  /** Destroys peppers and never reads one. */
  #mayUseSecrets(config: Config): void {
    const names = secretNames(config);
    const { pepperPrefix, ballotKeyPrefix, stampKeyPrefix, receiptKeyPrefix, signingKeyPrefix } = names;
    const { region } = Stack.of(this);
    this.mayReadSecret(ballotKeyPrefix)
      .mayReadSecret(stampKeyPrefix)
      .mayMakeSecret(signingKeyPrefix)
      .maySecret(["GetSecretValue"], signingKeyPrefix, region)
      .maySecret(["DeleteSecret", "DescribeSecret"], pepperPrefix, region)
      .maySecret(["DeleteSecret"], receiptKeyPrefix, region);
    acknowledgeSecrets(this, names.acknowledgementKeyPrefix, region);
    // Those of a deleted election, which can be restored.
    for (const prefix of [ballotKeyPrefix, stampKeyPrefix, names.acknowledgementKeyPrefix, signingKeyPrefix]) {
      this.allow(["secretsmanager:DeleteSecret"], secretArn(this, prefix, region), RESTORABLE);
    }
  }

  /** Whether ballots wait in the votes queue or were given up. What it looks at among the dead letters it puts back. */
  #mayLookAtQueues({ queue, deadLetters, encryption }: VotesQueue): void {
    this.allow(["sqs:GetQueueAttributes"], queue.queueArn)
      .allow(["sqs:ChangeMessageVisibility", "sqs:GetQueueAttributes", "sqs:ReceiveMessage"], deadLetters.queueArn)
      .allow(["kms:Decrypt"], encryption.keyArn, onlyThrough("sqs", this))
      .mayReadMetrics();
  }

  #mayKeepBundles({ certified: { bucket } }: Data): void {
    for (const prefix of [KEPT_PREFIX, PUBLISHED_PREFIX]) {
      this.allow(["s3:DeleteObject", "s3:GetObject", "s3:PutObject"], bucket.arnForObjects(`${prefix}*`));
      acknowledgeFiles(this, bucket, prefix);
    }
    this.allow(["s3:ListBucket"], bucket.bucketArn);
  }
}

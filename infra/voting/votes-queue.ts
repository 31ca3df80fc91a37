import { Duration } from "aws-cdk-lib";
import type { Key } from "aws-cdk-lib/aws-kms";
import { Queue, QueueEncryption } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import type { Config } from "#infra/config.ts";
import { encryptionKey } from "#infra/data/encryption-key.ts";
import { removal } from "#infra/data/removal.ts";

/** Visibility timeout as a multiple of the function's timeout (AWS Lambda guide, "Using Lambda with Amazon SQS"). */
const VISIBILITY_PER_TIMEOUT = 6;
/** SQS's maximum. */
const RETENTION = Duration.days(14);

/** The queue of ballots to be decided, and the dead letters: those that could not be. */
export class VotesQueue extends Construct {
  readonly queue: Queue;
  readonly deadLetters: Queue;
  readonly encryption: Key;

  constructor(scope: Construct, id: string, config: Config) {
    super(scope, id);
    this.encryption = encryptionKey(this, "Encryption", config, "ballots that wait in the queues");
    const kept = {
      encryption: QueueEncryption.KMS,
      encryptionMasterKey: this.encryption,
      enforceSSL: true,
      retentionPeriod: RETENTION,
      // Voters were told that these ballots are received, so they outlive a stack deleted by mistake.
      removalPolicy: removal(config),
    };
    this.deadLetters = new Queue(this, "DeadLetters", kept);
    this.queue = new Queue(this, "Queue", {
      ...kept,
      visibilityTimeout: Duration.seconds(VISIBILITY_PER_TIMEOUT * config.validateTimeoutSeconds),
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: config.maxReceiveCount },
    });
  }
}

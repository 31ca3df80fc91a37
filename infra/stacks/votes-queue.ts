import { Duration, RemovalPolicy } from "aws-cdk-lib";
import type { Key } from "aws-cdk-lib/aws-kms";
import { Queue, QueueEncryption } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import type { Config } from "#infra/config.ts";
import { encryptionKey } from "#infra/stacks/encryption-key.ts";

/** AWS advises a visibility timeout of six times the function's (AWS Lambda guide, "Using Lambda with Amazon SQS"). */
const VISIBILITY_PER_TIMEOUT = 6;
/** The longest SQS keeps a message: what waits is never lost to a slow weekend. */
const RETENTION = Duration.days(14);

/** Where accepted ballots wait, and where those go that could not be decided. */
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
      // Ballots that wait were accepted: they outlive a stack that is deleted by mistake.
      removalPolicy: config.retainData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    };
    this.deadLetters = new Queue(this, "DeadLetters", kept);
    this.queue = new Queue(this, "Queue", {
      ...kept,
      visibilityTimeout: Duration.seconds(VISIBILITY_PER_TIMEOUT * config.validateTimeoutSeconds),
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: config.maxReceiveCount },
    });
  }
}

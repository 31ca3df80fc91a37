import { Duration } from "aws-cdk-lib";
import { Queue, QueueEncryption } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import type { Config } from "#infra/config.ts";

/** AWS advises a visibility timeout of six times the function's (AWS Lambda guide, "Using Lambda with Amazon SQS"). */
const VISIBILITY_PER_TIMEOUT = 6;
/** The longest SQS keeps a message: what waits is never lost to a slow weekend. */
const RETENTION = Duration.days(14);

/** Where accepted ballots wait, and where those go that could not be decided. */
export class VotesQueue extends Construct {
  readonly queue: Queue;
  readonly deadLetters: Queue;

  constructor(scope: Construct, id: string, config: Config) {
    super(scope, id);
    this.deadLetters = new Queue(this, "DeadLetters", {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: RETENTION,
    });
    this.queue = new Queue(this, "Queue", {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: RETENTION,
      visibilityTimeout: Duration.seconds(VISIBILITY_PER_TIMEOUT * config.validateTimeoutSeconds),
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: config.maxReceiveCount },
    });
  }
}

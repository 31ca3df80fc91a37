import { Duration } from "aws-cdk-lib";
import { Queue, QueueEncryption } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import type { Config } from "#infra/config.ts";
import { removal } from "#infra/data/removal.ts";

/** Visibility timeout as a multiple of the function's timeout (AWS Lambda guide, "Using Lambda with Amazon SQS"). */
const VISIBILITY_PER_TIMEOUT = 6;
/** SQS's maximum. */
const RETENTION = Duration.days(14);
/** A job is begun once: only what fails before that is delivered again. */
const DELIVERIES = 3;

/** The queue of what officers ask for and takes longer than a request, and the dead letters: what could not even be begun. */
export class OfficeQueue extends Construct {
  readonly queue: Queue;
  readonly deadLetters: Queue;

  /** @param timeoutSeconds of the function behind it */
  constructor(scope: Construct, id: string, config: Config, timeoutSeconds: number) {
    super(scope, id);
    const kept = {
      // A message names a job and says nothing of it: no key of our own is needed.
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: RETENTION,
      removalPolicy: removal(config),
    };
    this.deadLetters = new Queue(this, "DeadLetters", kept);
    this.queue = new Queue(this, "Queue", {
      ...kept,
      visibilityTimeout: Duration.seconds(VISIBILITY_PER_TIMEOUT * timeoutSeconds),
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: DELIVERIES },
    });
  }
}

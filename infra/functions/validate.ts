import { Duration } from "aws-cdk-lib";
import { SqsEventSource } from "aws-cdk-lib/aws-lambda-event-sources";
import type { Construct } from "constructs";
import type { ValidateEnv } from "#functions/validate/env.ts";
import { capacityFor } from "#infra/capacity.ts";
import type { Config } from "#infra/config.ts";
import type { Tables } from "#infra/data/tables.ts";
import { lacks } from "#infra/emulator.ts";
import { ScrutinFunction, type Variables } from "#infra/functions/scrutin-function.ts";
import type { VotesQueue } from "#infra/voting/votes-queue.ts";

type Neighbours = Readonly<{
  takesFrom: VotesQueue;
  reads: Pick<Tables, "roll">;
  writes: Pick<Tables, "votes" | "rejectedAttempts" | "guesses">;
}>;

/** Decides queued ballots and stores the accepted ones, one per voter. */
export class Validate extends ScrutinFunction {
  constructor(scope: Construct, config: Config, { takesFrom, reads, writes }: Neighbours) {
    const oneByOne = lacks(config, "partiql-streams");
    super(scope, "validate", {
      config,
      isForEmulator: oneByOne,
      timeoutSeconds: config.validateTimeoutSeconds,
      memoryMegabytes: config.ballotMemoryMegabytes,
      environment: {
        ROLL_TABLE: reads.roll.tableName,
        VOTES_TABLE: writes.votes.tableName,
        REJECTED_ATTEMPTS_TABLE: writes.rejectedAttempts.tableName,
        GUESSES_TABLE: writes.guesses.tableName,
      } satisfies Variables<ValidateEnv>,
    });
    this.may(["BatchGetItem"], reads.roll)
      .may([oneByOne ? "PutItem" : "PartiQLInsert", "BatchGetItem"], writes.votes)
      .may(["UpdateItem"], writes.rejectedAttempts)
      .may(["UpdateItem"], writes.guesses);
    this.lambda.addEventSource(
      new SqsEventSource(takesFrom.queue, {
        batchSize: config.validateBatchSize,
        ...(config.validateBatchWindowSeconds > 0 && {
          maxBatchingWindow: Duration.seconds(config.validateBatchWindowSeconds),
        }),
        maxConcurrency: capacityFor(config).mappingConcurrency,
        reportBatchItemFailures: true,
      }),
    );
  }
}

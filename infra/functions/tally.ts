import { Duration } from "aws-cdk-lib";
import type { ITable } from "aws-cdk-lib/aws-dynamodb";
import { StartingPosition } from "aws-cdk-lib/aws-lambda";
import { DynamoEventSource } from "aws-cdk-lib/aws-lambda-event-sources";
import type { Construct } from "constructs";
import type { TallyEnv } from "#functions/tally/env.ts";
import type { Config } from "#infra/config.ts";
import { secretNames } from "#infra/data/secret-names.ts";
import type { Tables } from "#infra/data/tables.ts";
import { lacks } from "#infra/emulator.ts";
import { ScrutinFunction, type Variables } from "#infra/functions/scrutin-function.ts";

const RETRY_FOREVER = -1;

type Neighbours = Readonly<{
  takesFrom: Pick<Tables, "votes">;
  reads: Pick<Tables, "elections">;
  writes: Pick<Tables, "tallies" | "board">;
}>;

/** Counts stored ballots from the stream of their table. */
export class Tally extends ScrutinFunction {
  constructor(scope: Construct, config: Config, { takesFrom, reads, writes }: Neighbours) {
    const { ballotKeyPrefix, stampKeyPrefix } = secretNames(config);
    super(scope, "tally", {
      config,
      isForEmulator: lacks(config, "stream-shard-id"),
      timeoutSeconds: config.tallyTimeoutSeconds,
      environment: {
        ELECTIONS_TABLE: reads.elections.tableName,
        TALLIES_TABLE: writes.tallies.tableName,
        BOARD_TABLE: writes.board.tableName,
        BALLOT_KEY_SECRET_PREFIX: ballotKeyPrefix,
        STAMP_KEY_SECRET_PREFIX: stampKeyPrefix,
      } satisfies Variables<TallyEnv>,
    });
    this.may(["GetItem"], reads.elections)
      .may(["UpdateItem"], writes.tallies)
      .may(["PutItem"], writes.board)
      .mayReadSecret(ballotKeyPrefix)
      .mayReadSecret(stampKeyPrefix);
    this.lambda.addEventSource(
      // TableV2 is not an ITable only because of `exactOptionalPropertyTypes`.
      new DynamoEventSource(takesFrom.votes as ITable, {
        startingPosition: StartingPosition.TRIM_HORIZON,
        batchSize: config.tallyBatchSize,
        ...(config.tallyBatchWindowSeconds > 0 && {
          maxBatchingWindow: Duration.seconds(config.tallyBatchWindowSeconds),
        }),
        tumblingWindow: Duration.seconds(config.tallyWindowSeconds),
        // The fence needs each shard counted in order: one batch at a time, never bisected, never skipped.
        parallelizationFactor: 1,
        bisectBatchOnError: false,
        retryAttempts: RETRY_FOREVER,
        reportBatchItemFailures: true,
      }),
    );
  }
}

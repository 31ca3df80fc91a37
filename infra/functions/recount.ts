import { Duration } from "aws-cdk-lib";
import { Rule, RuleTargetInput, Schedule } from "aws-cdk-lib/aws-events";
import { LambdaFunction } from "aws-cdk-lib/aws-events-targets";
import type { Construct } from "constructs";
import type { RecountTask } from "#functions/recount/contract.ts";
import type { RecountEnv } from "#functions/recount/env.ts";
import type { Config } from "#infra/config.ts";
import { secretNames } from "#infra/data/secret-names.ts";
import type { Tables } from "#infra/data/tables.ts";
import { ScrutinFunction, type Variables } from "#infra/functions/scrutin-function.ts";

/** Lambda's maximum. */
const TIMEOUT_SECONDS = 900;
/** How often the alarm `NoVotes` learns which votes are open. */
const TELL_OPEN_EVERY = Duration.minutes(5);

type Neighbours = Readonly<{ reads: Pick<Tables, "elections" | "votes" | "tallies"> }>;

/** Compares the tallies with the ballot box on a schedule. Has no right to write. */
export class Recount extends ScrutinFunction {
  constructor(scope: Construct, config: Config, { reads }: Neighbours) {
    const { ballotKeyPrefix, stampKeyPrefix } = secretNames(config);
    super(scope, "recount", {
      config,
      timeoutSeconds: TIMEOUT_SECONDS,
      memoryMegabytes: config.recountMemoryMegabytes,
      environment: {
        ELECTIONS_TABLE: reads.elections.tableName,
        VOTES_TABLE: reads.votes.tableName,
        TALLIES_TABLE: reads.tallies.tableName,
        BALLOT_KEY_SECRET_PREFIX: ballotKeyPrefix,
        STAMP_KEY_SECRET_PREFIX: stampKeyPrefix,
        // Time to count a batch, and again if it is redelivered.
        STILL_SECONDS: String(2 * config.tallyTimeoutSeconds + config.tallyBatchWindowSeconds),
      } satisfies Variables<RecountEnv>,
    });
    this.may(["Scan"], reads.elections)
      .may(["Scan"], reads.votes)
      .may(["Query"], reads.tallies)
      .mayReadSecret(ballotKeyPrefix)
      .mayReadSecret(stampKeyPrefix);
    // No retry: the next recount checks everything again.
    this.lambda.configureAsyncInvoke({ retryAttempts: 0 });

    const every = (id: string, interval: Duration, task: RecountTask): void => {
      new Rule(scope, id, {
        schedule: Schedule.rate(interval),
        targets: [new LambdaFunction(this.lambda, { event: RuleTargetInput.fromObject(task), retryAttempts: 0 })],
      });
    };
    every("RecountSchedule", Duration.minutes(config.recountEveryMinutes), { task: "recount" });
    every("TellOpenSchedule", TELL_OPEN_EVERY, { task: "tell-open" });
  }
}

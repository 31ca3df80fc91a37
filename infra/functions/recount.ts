import { Duration } from "aws-cdk-lib";
import { Rule, RuleTargetInput, Schedule } from "aws-cdk-lib/aws-events";
import { LambdaFunction } from "aws-cdk-lib/aws-events-targets";
import type { Construct } from "constructs";
import type { RecountTask } from "#functions/recount/contract.ts";
import type { RecountEnv } from "#functions/recount/env.ts";
import type { Config } from "#infra/config.ts";
import { ScrutinFunction } from "#infra/functions/scrutin-function.ts";
import { type DataStack, secretNames } from "#infra/stacks/data-stack.ts";

/** As long as Lambda runs a function. */
const RECOUNT_TIMEOUT_SECONDS = 900;

/** How often the alarm on silence learns where voting is open. */
const TELL_OPEN_EVERY = Duration.minutes(5);

/** Compares the tallies with the ballot box on a schedule. It may read what it compares, and write nothing. */
export function scheduleRecount(scope: Construct, config: Config, data: DataStack): void {
  const { ballotKeyPrefix } = secretNames(config);
  const recount = new ScrutinFunction<RecountEnv>(scope, "recount", {
    config,
    timeoutSeconds: RECOUNT_TIMEOUT_SECONDS,
    memoryMegabytes: config.recountMemoryMegabytes,
    environment: {
      ELECTIONS_TABLE: data.elections.tableName,
      VOTES_TABLE: data.votes.tableName,
      TALLIES_TABLE: data.tallies.tableName,
      BALLOT_KEY_SECRET_PREFIX: ballotKeyPrefix,
      // A batch that is being counted, and the same batch delivered once more.
      STILL_SECONDS: String(2 * config.tallyTimeoutSeconds + config.tallyBatchWindowSeconds),
    },
  })
    .may(["Scan"], data.elections)
    .may(["Scan"], data.votes)
    .may(["Query"], data.tallies)
    .mayReadSecret(ballotKeyPrefix);
  // What was missed is not made up for: the next one looks at everything again.
  recount.lambda.configureAsyncInvoke({ retryAttempts: 0 });

  const every = (id: string, interval: Duration, task: RecountTask): void => {
    new Rule(scope, id, {
      schedule: Schedule.rate(interval),
      targets: [new LambdaFunction(recount.lambda, { event: RuleTargetInput.fromObject(task), retryAttempts: 0 })],
    });
  };
  every("RecountSchedule", Duration.minutes(config.recountEveryMinutes), { task: "recount" });
  every("TellOpenSchedule", TELL_OPEN_EVERY, { task: "tell-open" });
}

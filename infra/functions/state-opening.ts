import { Stack } from "aws-cdk-lib";
import { Rule, Schedule } from "aws-cdk-lib/aws-events";
import { LambdaFunction } from "aws-cdk-lib/aws-events-targets";
import type { Construct } from "constructs";
import { LOOK_EVERY_MINUTES, PUT_KEYS, TOUCHED_ATTRIBUTES } from "#functions/state-opening/contract.ts";
import type { StateOpeningEnv } from "#functions/state-opening/env.ts";
import { STATE_OPENING_MEGABYTES } from "#infra/capacity.ts";
import type { Config } from "#infra/config.ts";
import { secretNames } from "#infra/data/secret-names.ts";
import type { Tables } from "#infra/data/tables.ts";
import { ScrutinFunction, type Variables } from "#infra/functions/scrutin-function.ts";

/** Lambda's maximum. Eight million voters take some two minutes of one processor (docs/roll.md). */
const TIMEOUT_SECONDS = 900;
/** The sorted roll: 48 bytes a voter. */
const TEMPORARY_MEGABYTES = 2048;
type Neighbours = Readonly<{ reads: Pick<Tables, "roll">; writes: Pick<Tables, "elections"> }>;

/** States the openings of elections when their hours come, and signs them. Has no input but the tables. */
export class StateOpening extends ScrutinFunction {
  constructor(scope: Construct, config: Config, { reads, writes }: Neighbours) {
    const { prefix, signingKeyPrefix } = secretNames(config);
    super(scope, "state-opening", {
      config,
      timeoutSeconds: TIMEOUT_SECONDS,
      memoryMegabytes: STATE_OPENING_MEGABYTES,
      temporaryMegabytes: TEMPORARY_MEGABYTES,
      environment: {
        ELECTIONS_TABLE: writes.elections.tableName,
        ROLL_TABLE: reads.roll.tableName,
        SECRET_PREFIX: prefix,
      } satisfies Variables<StateOpeningEnv>,
    });
    this.may(["GetItem", "Scan"], writes.elections)
      .may(["UpdateItem"], writes.elections, {
        "ForAllValues:StringEquals": { "dynamodb:Attributes": [...TOUCHED_ATTRIBUTES] },
      })
      .may(["PutItem"], writes.elections, { "ForAllValues:StringLike": { "dynamodb:LeadingKeys": [PUT_KEYS] } })
      .may(["Scan"], reads.roll)
      // An election's signing key is made when it is first needed.
      .mayMakeSecret(signingKeyPrefix)
      .maySecret(["GetSecretValue"], signingKeyPrefix, Stack.of(this).region);
    // No retry: the next look is minutes away.
    this.lambda.configureAsyncInvoke({ retryAttempts: 0 });
    new Rule(scope, "StateOpeningSchedule", {
      schedule: Schedule.cron({ minute: `0/${LOOK_EVERY_MINUTES}` }),
      targets: [new LambdaFunction(this.lambda, { retryAttempts: 0 })],
    });
  }
}

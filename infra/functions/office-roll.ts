import { Stack } from "aws-cdk-lib";
import type { Construct } from "constructs";
import { ROLL_ROUTES } from "#functions/office-roll/contract.ts";
import type { OfficeRollEnv } from "#functions/office-roll/env.ts";
import { STATE_OPENING_MEGABYTES } from "#infra/capacity.ts";
import type { Config } from "#infra/config.ts";
import { secretNames } from "#infra/data/secret-names.ts";
import type { Data, Tables } from "#infra/data/tables.ts";
import { ScrutinFunction, type Variables } from "#infra/functions/scrutin-function.ts";
import { connectionVariables, officeVariables } from "#infra/office/variables.ts";
import { type Api, OFFICE_TIMEOUT_SECONDS } from "#infra/voting/api.ts";
import type { VotesQueue } from "#infra/voting/votes-queue.ts";

type Neighbours = Readonly<{
  answers: Api;
  tables: Data;
  queue: VotesQueue;
  writes: Pick<Tables, "elections" | "roll" | "votes" | "office" | "audit">;
}>;

/** The console's Roll room: the only one of the office that hashes voters. Reads no ballot, and no ballot key. */
export class OfficeRoll extends ScrutinFunction {
  constructor(scope: Construct, config: Config, { answers, tables, queue, writes }: Neighbours) {
    const { pepperPrefix, stampKeyPrefix, signingKeyPrefix } = secretNames(config);
    super(scope, "office-roll", {
      config,
      timeoutSeconds: OFFICE_TIMEOUT_SECONDS,
      // A whole processor: it hashes, sorts and signs while somebody waits.
      memoryMegabytes: STATE_OPENING_MEGABYTES,
      environment: {
        ...officeVariables(config, writes),
        ...connectionVariables(config, tables, queue),
      } satisfies Variables<OfficeRollEnv>,
    });
    this.may(["GetItem", "Scan", "UpdateItem", "PutItem"], writes.elections)
      .may(["BatchGetItem", "BatchWriteItem", "Scan", "PutItem", "UpdateItem"], writes.roll)
      // The mark of a code that was struck off, in the place of a ballot; it reads none.
      .may(["PutItem"], writes.votes)
      .may(["GetItem", "PutItem", "UpdateItem", "Query", "DeleteItem"], writes.office)
      // What was done stays as it was recorded: an insertion replaces nothing.
      .may(["PartiQLInsert"], writes.audit)
      .mayReadSecret(pepperPrefix)
      .mayReadSecret(stampKeyPrefix)
      // An election's signing key is made when it is first needed.
      .mayMakeSecret(signingKeyPrefix)
      .maySecret(["GetSecretValue"], signingKeyPrefix, Stack.of(this).region);
    answers.officeRoutes(this, ...Object.keys(ROLL_ROUTES));
  }
}

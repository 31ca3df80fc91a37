import type { Construct } from "constructs";
import { OFFICE_FUNCTION_ROUTES, OPEN_ROUTES } from "#functions/office/contract.ts";
import type { OfficeEnv } from "#functions/office/env.ts";
import type { Config } from "#infra/config.ts";
import type { Data, Tables } from "#infra/data/tables.ts";
import { ScrutinFunction, type Variables } from "#infra/functions/scrutin-function.ts";
import { mayCloseElections } from "#infra/office/closing-rights.ts";
import { mayApplyElections } from "#infra/office/election-rights.ts";
import type { OfficeQueue } from "#infra/office/office-queue.ts";
import { mayHoldPollingDay } from "#infra/office/polling-rights.ts";
import { connectionVariables, officeVariables, signInVariables } from "#infra/office/variables.ts";
import { type Api, OFFICE_TIMEOUT_SECONDS } from "#infra/voting/api.ts";
import type { VotesQueue } from "#infra/voting/votes-queue.ts";

type Neighbours = Readonly<{
  answers: Api;
  tables: Data;
  queue: VotesQueue;
  writes: Pick<Tables, "office" | "audit">;
  sendsTo: OfficeQueue;
}>;

/** The console's function: may neither read a pepper nor open a ballot. */
export class Office extends ScrutinFunction {
  constructor(scope: Construct, config: Config, { answers, tables, queue, writes, sendsTo }: Neighbours) {
    super(scope, "office", {
      config,
      timeoutSeconds: OFFICE_TIMEOUT_SECONDS,
      environment: {
        ...officeVariables(config, writes),
        ...connectionVariables(config, tables, queue),
        OFFICE_WORK_QUEUE_URL: sendsTo.queue.queueUrl,
        ...signInVariables(answers.signIn),
      } satisfies Variables<OfficeEnv>,
    });
    this.may(["DeleteItem", "GetItem", "PutItem", "Query", "UpdateItem"], writes.office)
      // What was done stays as it was recorded: an insertion replaces nothing.
      .may(["PartiQLInsert", "Query", "Scan"], writes.audit)
      .may(["GetItem", "Query", "Scan"], tables.elections)
      .allow(["sqs:SendMessage"], sendsTo.queue.queueArn);
    mayCloseElections(this, config, tables, queue);
    mayApplyElections(this, config, tables);
    mayHoldPollingDay(this, config, tables, queue);
    answers.routes(this, ...OPEN_ROUTES);
    answers.officeRoutes(this, ...Object.keys(OFFICE_FUNCTION_ROUTES));
  }
}

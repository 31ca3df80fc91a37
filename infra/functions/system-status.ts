import type { Construct } from "constructs";
import type { SystemStatusEnv } from "#functions/system-status/env.ts";
import type { Config } from "#infra/config.ts";
import type { Tables } from "#infra/data/tables.ts";
import { ScrutinFunction, type Variables } from "#infra/functions/scrutin-function.ts";
import type { Tally } from "#infra/functions/tally.ts";
import { mayAsk, partsVariables, type VotingParts } from "#infra/functions/voting-parts.ts";
import { type Api, HTTP_TIMEOUT_SECONDS } from "#infra/voting/api.ts";

type Neighbours = Readonly<{
  answers: Api;
  asks: VotingParts;
  reads: Pick<Tables, "published">;
  measures: Tally;
}>;

/** Shows the public how voting is going: counts, waiting votes, and whether every part is up. */
export class SystemStatus extends ScrutinFunction {
  constructor(scope: Construct, config: Config, { answers, asks, reads, measures }: Neighbours) {
    super(scope, "system-status", {
      config,
      timeoutSeconds: HTTP_TIMEOUT_SECONDS,
      environment: {
        ...partsVariables(asks),
        PUBLISHED_TABLE: reads.published.tableName,
        VOTES_QUEUE_NAME: asks.queue.queue.queueName,
        TALLY_FUNCTION_NAME: measures.lambda.functionName,
      } satisfies Variables<SystemStatusEnv>,
    });
    this.may(["Scan"], asks.elections).may(["Query"], asks.tallies).may(["GetItem"], reads.published).mayReadMetrics();
    mayAsk(this, asks);
    answers.routes(this, "GET /status");
  }
}

import type { Construct } from "constructs";
import type { VoteStatusEnv } from "#functions/vote-status/env.ts";
import type { Config } from "#infra/config.ts";
import { secretNames } from "#infra/data/secret-names.ts";
import type { Tables } from "#infra/data/tables.ts";
import { ScrutinFunction, type Variables } from "#infra/functions/scrutin-function.ts";
import { type Api, HTTP_TIMEOUT_SECONDS } from "#infra/voting/api.ts";

type Neighbours = Readonly<{ answers: Api; reads: Pick<Tables, "elections" | "votes" | "rejectedAttempts"> }>;

/** Tells voters the status of their ballot. */
export class VoteStatus extends ScrutinFunction {
  constructor(scope: Construct, config: Config, { answers, reads }: Neighbours) {
    const { receiptKeyPrefix } = secretNames(config);
    super(scope, "vote-status", {
      config,
      timeoutSeconds: HTTP_TIMEOUT_SECONDS,
      isUntraced: true,
      memoryMegabytes: config.ballotMemoryMegabytes,
      environment: {
        ELECTIONS_TABLE: reads.elections.tableName,
        VOTES_TABLE: reads.votes.tableName,
        REJECTED_ATTEMPTS_TABLE: reads.rejectedAttempts.tableName,
        RECEIPT_KEY_SECRET_PREFIX: receiptKeyPrefix,
      } satisfies Variables<VoteStatusEnv>,
    });
    this.may(["GetItem"], reads.elections)
      .may(["GetItem"], reads.votes)
      .may(["Query"], reads.rejectedAttempts)
      .mayReadSecret(receiptKeyPrefix);
    answers.routes(this, "GET /votes/{request_id}");
  }
}

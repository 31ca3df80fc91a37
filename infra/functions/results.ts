import type { Construct } from "constructs";
import type { ResultsEnv } from "#functions/results/env.ts";
import type { Config } from "#infra/config.ts";
import { secretNames } from "#infra/data/secret-names.ts";
import type { Tables } from "#infra/data/tables.ts";
import { ScrutinFunction, type Variables } from "#infra/functions/scrutin-function.ts";
import { type Api, HTTP_TIMEOUT_SECONDS } from "#infra/voting/api.ts";

type Neighbours = Readonly<{
  answers: Api;
  reads: Pick<Tables, "elections" | "tallies" | "votes">;
  writes: Pick<Tables, "published">;
}>;

/** Serves results and turnout from the tallies, and publishes them in steps. */
export class Results extends ScrutinFunction {
  constructor(scope: Construct, config: Config, { answers, reads, writes }: Neighbours) {
    const { receiptKeyPrefix } = secretNames(config);
    super(scope, "results", {
      config,
      timeoutSeconds: HTTP_TIMEOUT_SECONDS,
      isUntraced: true,
      environment: {
        ELECTIONS_TABLE: reads.elections.tableName,
        TALLIES_TABLE: reads.tallies.tableName,
        PUBLISHED_TABLE: writes.published.tableName,
        VOTES_TABLE: reads.votes.tableName,
        RECEIPT_KEY_SECRET_PREFIX: receiptKeyPrefix,
      } satisfies Variables<ResultsEnv>,
    });
    this.may(["GetItem", "Scan"], reads.elections)
      .may(["Query"], reads.tallies)
      .may(["DeleteItem", "GetItem", "PutItem"], writes.published)
      // For results shown after voting: has the requester voted?
      .may(["GetItem"], reads.votes)
      .mayReadSecret(receiptKeyPrefix);
    answers.routes(
      this,
      "GET /results",
      "GET /results/{law_id}",
      "GET /elections/{election_id}/turnout",
      "GET /elections/{election_id}/results",
      "GET /elections/{election_id}/regions/{region_id}/results",
    );
  }
}

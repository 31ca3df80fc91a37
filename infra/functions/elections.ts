import type { Construct } from "constructs";
import type { ElectionsEnv } from "#functions/elections/env.ts";
import type { Config } from "#infra/config.ts";
import type { Tables } from "#infra/data/tables.ts";
import { ScrutinFunction, type Variables } from "#infra/functions/scrutin-function.ts";
import { type Api, HTTP_TIMEOUT_SECONDS } from "#infra/voting/api.ts";

type Neighbours = Readonly<{ answers: Api; reads: Pick<Tables, "elections" | "biographies"> }>;

/** Serves elections, regions, candidates and opening statements. */
export class Elections extends ScrutinFunction {
  constructor(scope: Construct, config: Config, { answers, reads }: Neighbours) {
    super(scope, "elections", {
      config,
      timeoutSeconds: HTTP_TIMEOUT_SECONDS,
      isUntraced: true,
      environment: {
        ELECTIONS_TABLE: reads.elections.tableName,
        BIOGRAPHIES_TABLE: reads.biographies.tableName,
      } satisfies Variables<ElectionsEnv>,
    });
    this.may(["GetItem", "Scan"], reads.elections).may(["GetItem", "Query"], reads.biographies);
    answers.routes(
      this,
      "GET /elections",
      "GET /elections/{election_id}",
      "GET /elections/{election_id}/opening",
      "GET /papers/{paper_id}",
      "GET /regions",
      "GET /elections/{election_id}/regions/{region_id}/candidates",
      "GET /photos/{photo}",
    );
  }
}

import type { Construct } from "constructs";
import type { HealthEnv } from "#functions/health/env.ts";
import type { Config } from "#infra/config.ts";
import { ScrutinFunction, type Variables } from "#infra/functions/scrutin-function.ts";
import { mayAsk, partsVariables, type VotingParts } from "#infra/functions/voting-parts.ts";
import { type Api, HTTP_TIMEOUT_SECONDS } from "#infra/voting/api.ts";

type Neighbours = Readonly<{ answers: Api; asks: VotingParts }>;

/** Says whether every part that a vote needs is up. */
export class Health extends ScrutinFunction {
  constructor(scope: Construct, config: Config, { answers, asks }: Neighbours) {
    super(scope, "health", {
      config,
      timeoutSeconds: HTTP_TIMEOUT_SECONDS,
      environment: partsVariables(asks) satisfies Variables<HealthEnv>,
    });
    mayAsk(this, asks);
    answers.routes(this, "GET /health");
  }
}

import type { Construct } from "constructs";
import type { DocsEnv } from "#functions/docs/env.ts";
import type { Config } from "#infra/config.ts";
import { ScrutinFunction, type Variables } from "#infra/functions/scrutin-function.ts";
import { type Api, HTTP_TIMEOUT_SECONDS } from "#infra/voting/api.ts";

/** Serves the API's documentation, and 404 or 405 for what is not in it, such as reading `/elections/vote` as an election. */
export class Docs extends ScrutinFunction {
  constructor(scope: Construct, config: Config, { answers }: Readonly<{ answers: Api }>) {
    super(scope, "docs", {
      config,
      timeoutSeconds: HTTP_TIMEOUT_SECONDS,
      environment: {} satisfies Variables<DocsEnv>,
    });
    answers.routes(this, "GET /openapi.json", "GET /docs", "GET /docs/fr", "GET /elections/vote").otherwise(this);
  }
}

import { DocsEnv } from "#functions/docs/env.ts";
import { createDocsHandler } from "#functions/docs/handler.ts";
import { readEnvironment } from "#functions/runtime/environment.ts";
import { httpFunction } from "#functions/runtime/http.ts";

readEnvironment(DocsEnv, process.env);

export const handler = httpFunction(createDocsHandler());

import openapi from "#functions/docs/openapi.json" with { type: "json" };
import { docsPage } from "#functions/docs/page.ts";
import { type HttpHandler, json, languageOf, problem } from "#functions/runtime/http.ts";

const CACHE_CONTROL = "public, max-age=300";

/** Answers `/api/v1/openapi.json` and `/api/v1/docs`, and 404 for every route without a function. */
export function createDocsHandler(): HttpHandler {
  const { html, contentSecurityPolicy } = docsPage(openapi);

  return async (event) => {
    if (event.routeKey === "GET /api/v1/openapi.json") return json(200, openapi, CACHE_CONTROL);
    if (event.routeKey !== "GET /api/v1/docs") return problem("no-such-route", languageOf(event));
    return {
      statusCode: 200,
      headers: {
        "content-type": "text/html; charset=utf-8",
        "content-security-policy": contentSecurityPolicy,
        "cache-control": CACHE_CONTROL,
      },
      body: html,
    };
  };
}

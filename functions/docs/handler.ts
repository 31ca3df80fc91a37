import { preferredLanguage } from "#core/language.ts";
import { allowedMethods } from "#functions/docs/allowed-methods.ts";
import openapi from "#functions/docs/openapi.json" with { type: "json" };
import { docsPage } from "#functions/docs/page.ts";
import { type HttpHandler, json, problem } from "#functions/runtime/http.ts";

const CACHE_CONTROL = "public, max-age=300";

/** Answers `/api/v1/openapi.json` and `/api/v1/docs`, and 405 or 404 for every request without a function. */
export function createDocsHandler(): HttpHandler {
  const { html, contentSecurityPolicy } = docsPage(openapi);

  return async ({ routeKey, rawPath, headers }) => {
    const path = routeKey.split(" ")[1];
    if (path === "/api/v1/openapi.json") return json(200, openapi, CACHE_CONTROL);
    if (path === "/api/v1/docs") {
      return {
        statusCode: 200,
        headers: {
          "content-type": "text/html; charset=utf-8",
          "content-security-policy": contentSecurityPolicy,
          "cache-control": CACHE_CONTROL,
        },
        body: html,
      };
    }
    const language = preferredLanguage(headers["accept-language"]);
    const allow = allowedMethods(rawPath);
    return allow.length === 0 ? problem("no-such-route", language) : problem("wrong-method", language, { allow });
  };
}

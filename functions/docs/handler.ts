import { type Language, preferredLanguage } from "#core/language.ts";
import { allowedMethods } from "#functions/docs/allowed-methods.ts";
import openapi from "#functions/docs/openapi.json" with { type: "json" };
import { docsPages } from "#functions/docs/page.ts";
import { type HttpHandler, json, problem } from "#functions/runtime/http.ts";

const CACHE_CONTROL = "public, max-age=300";
/** An address for each language, since answers are cached by address. */
const PAGES: Readonly<Record<string, Language>> = { "/api/v1/docs": "en", "/api/v1/docs/fr": "fr" };

/** Answers `/api/v1/openapi.json` `/api/v1/docs` and `/api/v1/docs/fr`, and 405 or 404 for every request without a function. */
export function createDocsHandler(): HttpHandler {
  const { html, contentSecurityPolicy } = docsPages(openapi);

  return async ({ routeKey, rawPath, headers }) => {
    const path = routeKey.split(" ")[1] ?? "";
    if (path === "/api/v1/openapi.json") return json(200, openapi, CACHE_CONTROL);
    const page = PAGES[path];
    if (page !== undefined) {
      return {
        statusCode: 200,
        headers: {
          "content-type": "text/html; charset=utf-8",
          "content-security-policy": contentSecurityPolicy,
          "cache-control": CACHE_CONTROL,
        },
        body: html[page],
      };
    }
    const language = preferredLanguage(headers["accept-language"]);
    const allow = allowedMethods(rawPath);
    return allow.length === 0 ? problem("no-such-route", language) : problem("wrong-method", language, { allow });
  };
}

import { injectLambdaContext } from "@aws-lambda-powertools/logger/middleware";
import middy from "@middy/core";
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from "aws-lambda";
import { type Language, preferredLanguage } from "#core/language.ts";
import { secretsManagerClient } from "#functions/runtime/aws-clients.ts";
import { readEnvironment } from "#functions/runtime/environment.ts";
import { logFailure, logger } from "#functions/runtime/observability.ts";
import { OriginEnv, originCheckFor } from "#functions/runtime/origin-check.ts";
import { ORIGIN_KEY_HEADER } from "#functions/runtime/origin-key-header-contract.ts";
import {
  type FieldError,
  PROBLEM_TYPE_PREFIX,
  PROBLEMS,
  type Problem,
  type ProblemSlug,
} from "#functions/runtime/problem-contract.ts";
import { PROBLEM_MESSAGES } from "#functions/runtime/voter-messages.ts";

/** How functions behind the HTTP API answer, refuse and fail. */

export type HttpEvent = APIGatewayProxyEventV2;
export type HttpAnswer = APIGatewayProxyStructuredResultV2;
export type HttpHandler = (event: HttpEvent, context: Context) => Promise<HttpAnswer>;

const SECONDS_BEFORE_RETRY = 2;

/** The language the person asked for. */
export function languageOf(event: HttpEvent): Language {
  return preferredLanguage(event.headers["accept-language"]);
}

/** A JSON answer. `cacheControl` says how long CloudFront and browsers may cache it; by default not at all. */
export function json(statusCode: number, body: unknown, cacheControl = "no-store"): HttpAnswer {
  return {
    statusCode,
    headers: { "content-type": "application/json; charset=utf-8", "cache-control": cacheControl },
    body: JSON.stringify(body),
  };
}

/** Placeholders of a problem's sentence, such as the closing time. */
type Details = Readonly<Record<string, string>>;

/** What a refusal says to people. */
export function problemText(slug: ProblemSlug, language: Language, details: Details = {}) {
  const { title, detail } = PROBLEM_MESSAGES[slug];
  return {
    title: title[language],
    detail: detail[language].replaceAll(/\{(\w+)\}/g, (_, name: string) => details[name] ?? ""),
  };
}

/** An `application/problem+json` refusal (RFC 9457). */
export function problem(
  slug: ProblemSlug,
  language: Language,
  options: Readonly<{
    errors?: readonly FieldError[];
    details?: Details;
    retryAfterSeconds?: number;
    allow?: readonly string[];
    /** In place of the sentence that the API says otherwise. */
    said?: Readonly<Record<Language, string>> | undefined;
  }> = {},
): HttpAnswer {
  const retryAfterSeconds = options.retryAfterSeconds ?? (slug === "try-again" ? SECONDS_BEFORE_RETRY : undefined);
  const { title, detail } = problemText(slug, language, options.details);
  const { said } = options;
  const body: Problem = {
    type: `${PROBLEM_TYPE_PREFIX}${slug}`,
    title,
    status: PROBLEMS[slug],
    detail: said?.[language] ?? detail,
    ...(options.errors !== undefined && { errors: [...options.errors] }),
  };
  return {
    statusCode: PROBLEMS[slug],
    headers: {
      "content-type": "application/problem+json; charset=utf-8",
      "content-language": language,
      "cache-control": "no-store",
      ...(PROBLEMS[slug] === 401 && { "www-authenticate": "Bearer" }),
      ...(retryAfterSeconds !== undefined && { "retry-after": `${retryAfterSeconds}` }),
      ...(options.allow !== undefined && { allow: options.allow.join(", ") }),
    },
    body: JSON.stringify(body),
  };
}

/** An error of an AWS call and not of our code: the same request may succeed a moment later. */
function isServiceError(error: unknown): boolean {
  return error instanceof Error && ("$metadata" in error || "$fault" in error || "code" in error);
}

/**
 * Wraps a handler in what all HTTP functions do: log context, refusal of requests that bypass CloudFront, and an answer to
 * unexpected errors.
 * @param toProblem says it to whom the function answers
 * @throws Error when the function's variables do not name the secret of CloudFront's keys
 */
export function httpFunction(
  handler: HttpHandler,
  toProblem: typeof problem = problem,
): middy.MiddyfiedHandler<HttpEvent, HttpAnswer> {
  const cameThroughSite = originCheckFor(readEnvironment(OriginEnv, process.env), secretsManagerClient);
  return middy<HttpEvent, HttpAnswer>()
    .use(injectLambdaContext(logger, { resetKeys: true }))
    .before(async ({ event }) => {
      if (cameThroughSite === undefined || (await cameThroughSite(event.headers[ORIGIN_KEY_HEADER]))) return;
      return problem("not-through-site", languageOf(event));
    })
    .onError((request) => {
      const { error, event } = request;
      const slug = isServiceError(error) ? "try-again" : "internal-error";
      logFailure("a request failed", error);
      request.response = toProblem(slug, languageOf(event));
    })
    .handler(handler);
}

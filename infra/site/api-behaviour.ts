import { Duration } from "aws-cdk-lib";
import {
  AllowedMethods,
  type BehaviorOptions,
  CacheCookieBehavior,
  CachedMethods,
  CacheHeaderBehavior,
  CachePolicy,
  CacheQueryStringBehavior,
  OriginProtocolPolicy,
  OriginRequestCookieBehavior,
  OriginRequestHeaderBehavior,
  OriginRequestPolicy,
  OriginRequestQueryStringBehavior,
  OriginSslPolicy,
  ViewerProtocolPolicy,
} from "aws-cdk-lib/aws-cloudfront";
import { HttpOrigin } from "aws-cdk-lib/aws-cloudfront-origins";
import type { Construct } from "constructs";
import { ORIGIN_KEY_HEADER } from "#functions/runtime/origin-key-header-contract.ts";
import { REQUEST_ID_HEADER } from "#functions/runtime/request-id-header-contract.ts";
import { VIEWER_ADDRESS_HEADER } from "#functions/runtime/viewer-address-header-contract.ts";
import type { Config } from "#infra/config.ts";
import { apiHeaders } from "#infra/site/response-headers.ts";
import { FUNCTION_PATHS } from "#infra/site/rules.ts";

/** Longer than any lifetime that the API allows; answers without one are not cached. */
const LONGEST_KEPT = Duration.hours(1);

/** Results, which differ for a voter who shows a request id. `*` also matches slashes. */
const RESULTS = ["/api/v1/results*", "/api/v1/elections/*/results"];

/** The office's routes, and those that take ballots, for which a voter may show a token. */
const OFFICE = "/api/v1/office/*";
const BALLOTS = ["/api/v1/vote", "/api/v1/elections/vote"];

/**
 * Passes the token on, which CloudFront does only as part of a cache key. The API forbids caching these answers, and the shortest of
 * lifetimes makes sure of it: with none at all CloudFront passes no header on by a cache policy.
 */
const signedInPolicy = (scope: Construct): CachePolicy =>
  new CachePolicy(scope, "SignedInCache", {
    comment: "Scrutin: answers to whoever is signed in, which are not cached",
    minTtl: Duration.seconds(0),
    defaultTtl: Duration.seconds(0),
    maxTtl: Duration.seconds(1),
    headerBehavior: CacheHeaderBehavior.allowList("Authorization"),
    queryStringBehavior: CacheQueryStringBehavior.all(),
    cookieBehavior: CacheCookieBehavior.none(),
    enableAcceptEncodingGzip: true,
    enableAcceptEncodingBrotli: true,
  });

/**
 * The cache key of API answers. Language is not in it, because no answer in one language is cached. The request id is in it
 * only for results: anybody can invent one, and so bypass the cache.
 */
function cachePolicy(
  scope: Construct,
  { corsOrigins }: Config,
  { id, headers, comment }: Readonly<{ id: string; headers: readonly string[]; comment: string }>,
): CachePolicy {
  // CORS headers differ by origin, so another site's page must not get an answer cached for ours.
  const inKey = [...headers, ...(corsOrigins.length > 0 ? ["Origin"] : [])];
  return new CachePolicy(scope, id, {
    comment,
    minTtl: Duration.seconds(0),
    defaultTtl: Duration.seconds(0),
    maxTtl: LONGEST_KEPT,
    headerBehavior: inKey.length > 0 ? CacheHeaderBehavior.allowList(...inKey) : CacheHeaderBehavior.none(),
    // No route reads a query, and passing one on would let anybody bypass the cache.
    queryStringBehavior: CacheQueryStringBehavior.none(),
    cookieBehavior: CacheCookieBehavior.none(),
    enableAcceptEncodingGzip: true,
    enableAcceptEncodingBrotli: true,
  });
}

function requestPolicy(scope: Construct, { corsOrigins }: Config): OriginRequestPolicy {
  const preflight = corsOrigins.length > 0 ? ["Access-Control-Request-Method", "Access-Control-Request-Headers"] : [];
  return new OriginRequestPolicy(scope, "ApiRequest", {
    comment: "Scrutin: what the API reads of a request besides its body",
    // CloudFront itself sets the viewer's address, so that nobody can forge it.
    headerBehavior: OriginRequestHeaderBehavior.allowList(
      "Accept-Language",
      "Content-Type",
      VIEWER_ADDRESS_HEADER,
      ...preflight,
    ),
    queryStringBehavior: OriginRequestQueryStringBehavior.none(),
    cookieBehavior: OriginRequestCookieBehavior.none(),
  });
}

/** How CloudFront serves what functions answer, by path: from the HTTP API, to which it sends its key, and from its cache. */
export function apiBehaviours(
  scope: Construct,
  { config, key, apiDomain }: Readonly<{ config: Config; key: string; apiDomain: string }>,
): Readonly<Record<string, BehaviorOptions>> {
  const common = {
    origin: new HttpOrigin(apiDomain, {
      protocolPolicy: OriginProtocolPolicy.HTTPS_ONLY,
      originSslProtocols: [OriginSslPolicy.TLS_V1_2],
      customHeaders: { [ORIGIN_KEY_HEADER]: key },
    }),
    // No redirect: it would hide that a vote was first sent in the clear.
    viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
    allowedMethods: AllowedMethods.ALLOW_ALL,
    cachedMethods: CachedMethods.CACHE_GET_HEAD,
    originRequestPolicy: requestPolicy(scope, config),
    responseHeadersPolicy: apiHeaders(scope, "ApiHeaders"),
    compress: true,
  };
  const perVoter = cachePolicy(scope, config, {
    id: "ResultsCache",
    headers: [REQUEST_ID_HEADER],
    comment: "Scrutin: as long as the API says, apart for each voter who shows a request id",
  });
  const shared = cachePolicy(scope, config, {
    id: "ApiCache",
    headers: [],
    comment: "Scrutin: as long as the API says",
  });
  const signedIn = { ...common, cachePolicy: signedInPolicy(scope) };
  const withToken = [OFFICE, ...(config.voterIssuers.length > 0 ? BALLOTS : [])];
  return {
    ...Object.fromEntries(withToken.map((path) => [path, signedIn])),
    ...Object.fromEntries(RESULTS.map((path) => [path, { ...common, cachePolicy: perVoter }])),
    ...Object.fromEntries(FUNCTION_PATHS.map((path) => [path, { ...common, cachePolicy: shared }])),
  };
}

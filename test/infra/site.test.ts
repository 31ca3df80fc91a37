import { runInNewContext } from "node:vm";
import { beforeAll, describe, expect, it } from "vitest";
import * as z from "zod";
import { CERTIFIED_PATH } from "#core/published-bundle.ts";
import openapi from "#functions/docs/openapi.json" with { type: "json" };
import { REQUEST_ID_HEADER } from "#functions/runtime/request-id-header-contract.ts";
import {
  HASHED_FILES,
  headersAt,
  isOfFunctions,
  OFFICE_PATHS,
  securityHeaders,
  TEST_PAGE_PATH,
} from "#infra/site/rules.ts";
import { sharedStage } from "#test/infra/shared-stages.ts";
import type { Stage } from "#test/infra/stage.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await sharedStage("rules");
});

const Behaviour = z.object({
  PathPattern: z.string().optional(),
  CachePolicyId: z.unknown(),
  Compress: z.literal(true),
  FunctionAssociations: z.array(z.object({ EventType: z.string() })).default([]),
  ResponseHeadersPolicyId: z.unknown(),
  TargetOriginId: z.string(),
  ViewerProtocolPolicy: z.string(),
});
const Distribution = z.object({
  DistributionConfig: z.object({
    CacheBehaviors: z.array(Behaviour),
    DefaultCacheBehavior: Behaviour,
    CustomErrorResponses: z.array(z.strictObject({ ErrorCode: z.number(), ErrorCachingMinTTL: z.literal(0) })),
    HttpVersion: z.string(),
    Origins: z.array(
      z.object({
        Id: z.string(),
        DomainName: z.unknown(),
        OriginPath: z.string().optional(),
        OriginAccessControlId: z.unknown().optional(),
        CustomOriginConfig: z.object({ OriginProtocolPolicy: z.string() }).optional(),
        OriginCustomHeaders: z.array(z.object({ HeaderName: z.string(), HeaderValue: z.unknown() })).default([]),
      }),
    ),
    ViewerCertificate: z.object({ MinimumProtocolVersion: z.string() }),
  }),
});
const distribution = () =>
  stage.part("AWS::CloudFront::Distribution", "Distribution", Distribution).properties.DistributionConfig;
const WITH_OWN_HEADERS = [...OFFICE_PATHS, TEST_PAGE_PATH];
const hasOwnHeaders = ({ PathPattern = "" }) => WITH_OWN_HEADERS.some((path) => path === PathPattern);
const PUBLISHED = `${CERTIFIED_PATH}*`;
/** Of what functions answer. */
const behaviours = () =>
  distribution().CacheBehaviors.filter(
    (each) => ![HASHED_FILES[0], PUBLISHED].includes(each.PathPattern ?? "") && !hasOwnHeaders(each),
  );
/** As CloudFront chooses: the first pattern that fits. */
const behaviourOf = (path: string) => {
  const fits = (pattern = "") => new RegExp(`^${pattern.replaceAll("*", ".*")}$`).test(path);
  const found = distribution().CacheBehaviors.find(({ PathPattern }) => fits(PathPattern));
  if (found === undefined) throw new Error(`no behaviour of the API takes ${path}`);
  return found;
};
const CacheKey = z.object({
  CachePolicyConfig: z.object({
    ParametersInCacheKeyAndForwardedToOrigin: z.object({
      HeadersConfig: z.object({ Headers: z.array(z.string()).default([]) }),
    }),
  }),
});
const headersInKey = (policy: string, of = stage) =>
  of.part("AWS::CloudFront::CachePolicy", policy, CacheKey).properties.CachePolicyConfig
    .ParametersInCacheKeyAndForwardedToOrigin.HeadersConfig.Headers;
const originOf = ({ TargetOriginId }: z.infer<typeof Behaviour>) =>
  distribution().Origins.find(({ Id }) => Id === TargetOriginId);

describe("CloudFront", () => {
  it("uses TLS 1.2 or newer and HTTP/3, and forwards nothing in the clear", () => {
    const { DefaultCacheBehavior, HttpVersion, ViewerCertificate } = distribution();
    expect(HttpVersion).toBe("http2and3");
    expect(ViewerCertificate.MinimumProtocolVersion).toBe("TLSv1.2_2021");
    expect(DefaultCacheBehavior.ViewerProtocolPolicy).toBe("redirect-to-https");
    for (const behaviour of behaviours()) {
      expect(behaviour.ViewerProtocolPolicy).toBe("https-only");
      expect(originOf(behaviour)?.CustomOriginConfig?.OriginProtocolPolicy).toBe("https-only");
    }
  });

  it("sends what functions answer to them, with the deployment's key, and the rest to the bucket", () => {
    const { DefaultCacheBehavior } = distribution();
    expect(behaviours().at(-1)?.PathPattern).toBe("/api/*");
    for (const behaviour of behaviours()) {
      const api = originOf(behaviour);
      expect(stage.read(api?.DomainName)).toBe("OriginKey.apiDomain");
      expect(
        api?.OriginCustomHeaders.map(({ HeaderName, HeaderValue }) => [HeaderName, stage.read(HeaderValue)]),
      ).toEqual([["scrutin-origin-key", "OriginKey.key"]]);
    }
    const files = originOf(DefaultCacheBehavior);
    expect(files?.OriginAccessControlId).toBeDefined();
    expect(files?.OriginCustomHeaders).toEqual([]);
  });

  it("serves scripts as it serves pages, but without calling a function for each", () => {
    const { CacheBehaviors, DefaultCacheBehavior } = distribution();
    const [scripts, ...others] = CacheBehaviors.filter(
      (each) => !hasOwnHeaders(each) && each.PathPattern !== PUBLISHED,
    ).slice(behaviours().length);
    expect(others).toEqual([]);
    expect(DefaultCacheBehavior.FunctionAssociations).toHaveLength(1);
    expect(scripts).toEqual({ ...DefaultCacheBehavior, PathPattern: HASHED_FILES[0], FunctionAssociations: [] });
  });

  it("serves published bundles from their bucket, of which it asks for nothing else", () => {
    const published = distribution().CacheBehaviors.find(({ PathPattern }) => PathPattern === PUBLISHED);
    if (published === undefined) throw new Error("published bundles are served by nothing of their own");
    const origin = originOf(published);
    expect(stage.read(origin?.DomainName)).toContain("OriginKey.certifiedBucket.s3.ca-central-1");
    expect(origin?.OriginPath).toBe("/public");
    expect(origin?.OriginAccessControlId).toBeDefined();
    expect(published.FunctionAssociations ?? []).toEqual([]);
  });

  it("serves the office's pages and the page that tests devices as it serves pages, but for their headers, and after what functions answer", () => {
    const { CacheBehaviors, DefaultCacheBehavior } = distribution();
    const places = CacheBehaviors.flatMap((each, place) => (hasOwnHeaders(each) ? [place] : []));
    expect(places).toEqual([0, 1, 2].map((place) => behaviours().length + place));
    for (const { PathPattern, ResponseHeadersPolicyId, ...others } of CacheBehaviors.filter(hasOwnHeaders)) {
      expect({ ...others, PathPattern: undefined, ResponseHeadersPolicyId: undefined }).toEqual({
        ...DefaultCacheBehavior,
        PathPattern: undefined,
        ResponseHeadersPolicyId: undefined,
      });
      expect(stage.read(ResponseHeadersPolicyId)).toBe(
        PathPattern === TEST_PAGE_PATH ? "TestPageHeaders" : "OfficeHeaders",
      );
    }
  });

  it("gives functions exactly the addresses that the laptop gives them", () => {
    const patterns = behaviours().flatMap(({ PathPattern = "" }) => PathPattern);
    const chosen = (path: string): boolean =>
      patterns.some((pattern) => new RegExp(`^${pattern.replaceAll("*", ".*")}$`).test(path));
    const paths = [
      "/api/v1/results",
      "/fr/embed/results/1",
      "/en/embed/picture/1.png",
      "/en/results/1",
      "/embed/1",
      "/",
    ];
    expect(paths.filter(chosen)).toEqual(paths.filter(isOfFunctions));
    expect(paths.filter(chosen)).toHaveLength(3);
  });

  it("lets other sites frame nothing of the site's own: embedded pages have no headers of it", () => {
    expect(securityHeaders()["content-security-policy"]).toContain("frame-ancestors 'none'");
    const policies = ["/en/embed/results/1", "/fr/embed/still/1"].map(
      (path) => behaviourOf(path).ResponseHeadersPolicyId,
    );
    expect(policies.map((policy) => stage.read(policy))).toEqual(["ApiHeaders", "ApiHeaders"]);
  });

  it("does not alter the API's answers: a 404 stays one, and no error is cached", () => {
    const { CustomErrorResponses } = distribution();
    for (const { FunctionAssociations } of behaviours()) expect(FunctionAssociations).toEqual([]);
    for (const status of [400, 403, 404, 500, 503]) {
      expect(CustomErrorResponses).toContainEqual({ ErrorCode: status, ErrorCachingMinTTL: 0 });
    }
  });

  it("caches an answer as long as the API says", () => {
    const CachePolicy = z.object({
      CachePolicyConfig: z.object({
        DefaultTTL: z.number(),
        MinTTL: z.number(),
        ParametersInCacheKeyAndForwardedToOrigin: z.object({
          QueryStringsConfig: z.object({ QueryStringBehavior: z.string() }),
          EnableAcceptEncodingBrotli: z.literal(true),
          EnableAcceptEncodingGzip: z.literal(true),
        }),
      }),
    });
    for (const policy of ["ApiCache", "ResultsCache"]) {
      const {
        DefaultTTL,
        MinTTL,
        ParametersInCacheKeyAndForwardedToOrigin: key,
      } = stage.part("AWS::CloudFront::CachePolicy", policy, CachePolicy).properties.CachePolicyConfig;
      // Answers without a lifetime are not cached, and no-store is obeyed only without a minimum.
      expect([DefaultTTL, MinTTL]).toEqual([0, 0]);
      expect(key.QueryStringsConfig.QueryStringBehavior).toBe("none");
    }
  });

  it("caches separately for each request id exactly the answers that read it, so that nobody bypasses the cache elsewhere", () => {
    const Get = z.object({ parameters: z.array(z.object({ name: z.string() })).default([]) });
    const Paths = z.record(z.string(), z.object({ get: Get.optional() }));
    const reads = Object.entries(Paths.parse(openapi.paths)).flatMap(([path, { get }]) =>
      get === undefined ? [] : [[path, get.parameters.some(({ name }) => name === REQUEST_ID_HEADER)] as const],
    );
    expect(reads.filter(([, isRead]) => isRead)).toHaveLength(4);
    for (const [path, isRead] of [...reads, ["/api/v1/docs", false] as const]) {
      const policy = String(stage.read(behaviourOf(path).CachePolicyId));
      expect([path, headersInKey(policy)]).toEqual([path, isRead ? [REQUEST_ID_HEADER] : []]);
    }
  });

  it("caches answers to other sites' pages separately", async () => {
    const open = await sharedStage("least");
    expect(headersInKey("ApiCache", open)).toEqual(["Origin"]);
    expect(headersInKey("ResultsCache", open)).toEqual([REQUEST_ID_HEADER, "Origin"]);
  });

  it("passes a token on to the office and to where ballots are cast, and caches no answer to one", () => {
    const Signed = z.object({
      CachePolicyConfig: z.object({ DefaultTTL: z.literal(0), MinTTL: z.literal(0), MaxTTL: z.literal(1) }),
    });
    expect(stage.part("AWS::CloudFront::CachePolicy", "SignedInCache", Signed)).toBeDefined();
    expect(headersInKey("SignedInCache")).toEqual(["Authorization"]);
    const takesToken = (path: string) => stage.read(behaviourOf(path).CachePolicyId) === "SignedInCache";
    const withToken = [
      "/api/v1/office/me",
      "/api/v1/office/elections/1/roll",
      "/api/v1/vote",
      "/api/v1/elections/vote",
    ];
    for (const path of withToken) expect([path, takesToken(path)]).toEqual([path, true]);
    for (const path of ["/api/v1/results", "/api/v1/elections", "/api/v1/votes/1"]) {
      expect([path, takesToken(path)]).toEqual([path, false]);
    }
  });

  /** The user pool's, and those of the stage's parameter `voterIssuers`. */
  const SIGN_IN_ORIGINS = {
    office: [
      "https://cognito-idp.ca-central-1.amazonaws.com",
      "https://scrutin-rules-AWS::AccountId.auth.ca-central-1.amazoncognito.com",
    ],
    vote: ["https://voters.example.org"],
  };

  it.each([
    [undefined, "SiteHeaders"],
    ["/fr/office/elections/1", "OfficeHeaders"],
    ["/en/office", "OfficeHeaders"],
  ])("sends with a page (%s) the same headers as the laptop's site, and strict transport security", (path, name) => {
    const Policy = z.object({
      ResponseHeadersPolicyConfig: z.object({
        CustomHeadersConfig: z.object({ Items: z.array(z.object({ Header: z.string(), Value: z.string() })) }),
        SecurityHeadersConfig: z.object({
          ContentSecurityPolicy: z.object({ ContentSecurityPolicy: z.unknown(), Override: z.literal(true) }),
          ContentTypeOptions: z.object({ Override: z.literal(true) }),
          ReferrerPolicy: z.object({ ReferrerPolicy: z.string(), Override: z.literal(true) }),
          StrictTransportSecurity: z.object({ AccessControlMaxAgeSec: z.number().min(31_536_000) }),
        }),
      }),
    });
    const { CustomHeadersConfig, SecurityHeadersConfig } = stage.part(
      "AWS::CloudFront::ResponseHeadersPolicy",
      name,
      Policy,
    ).properties.ResponseHeadersPolicyConfig;
    const { ResponseHeadersPolicyId } = path === undefined ? distribution().DefaultCacheBehavior : behaviourOf(path);
    expect(stage.read(ResponseHeadersPolicyId)).toBe(name);
    expect({
      "content-security-policy": stage.read(SecurityHeadersConfig.ContentSecurityPolicy.ContentSecurityPolicy),
      "referrer-policy": SecurityHeadersConfig.ReferrerPolicy.ReferrerPolicy,
      "x-content-type-options": "nosniff",
      ...Object.fromEntries(CustomHeadersConfig.Items.map(({ Header, Value }) => [Header, Value])),
    }).toEqual(headersAt(path ?? "/", SIGN_IN_ORIGINS));
  });
});

/** As CloudFront answers a viewer who asks for a page. */
const answerTo = (uri: string, agent?: string): unknown => {
  const { FunctionCode } = stage.part(
    "AWS::CloudFront::Function",
    "PageAddress",
    z.object({ FunctionCode: z.string() }),
  ).properties;
  const request = { uri, headers: agent === undefined ? {} : { "user-agent": { value: agent } } };
  return runInNewContext(`${FunctionCode}\nhandler({ request })`, { request });
};

describe("the addresses of the site", () => {
  const rewritten = (uri: string): string => z.object({ uri: z.string() }).parse(answerTo(uri)).uri;

  it.each([
    ["/", "site-en"],
    ["/fr", "site-fr"],
    ["/en/", "site-en"],
    ["/en/results/1/2", "site-en"],
    ["/fr/results/2025.1", "site-fr"],
    ["/check/1", "site-en"],
    ["/fr/vote/L2025-001", "vote-fr"],
    ["/en/vote/2025.1/2", "vote-en"],
    ["/en/vote", "site-en"],
    ["/en/votes/1", "site-en"],
    ["/fr/office", "office-fr"],
    ["/en/office/elections/1/roll", "office-en"],
    ["/en/office/", "office-en"],
    ["/en/offices", "site-en"],
    ["/office", "site-en"],
    ["/fr.html/x", "site-en"],
  ])("%s is a page's, with the script %s", (path, page) => {
    expect(rewritten(path)).toBe(`/${page}.html`);
  });

  it.each(["/no-script-abcd2345.css", "/vote-fr-abcd2345.js", "/site-en.html", "/nothing.here"])(
    "%s is a file",
    (path) => {
      expect(rewritten(path)).toBe(path);
    },
  );
});

describe("links to results that are shared", () => {
  const previews = [
    "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
    "Mozilla/5.0 (Macintosh) AppleWebKit/601.2.4 facebookexternalhit/1.1 Facebot Twitterbot/1.0",
    "LinkedInBot/1.0 (compatible; Mozilla/5.0)",
    "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)",
    "Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)",
    "WhatsApp/2.23.20.0",
    "TelegramBot (like TwitterBot)",
    "Mastodon/4.3.0 (http.rb/5.2.0; +https://mastodon.social/) Bot",
    "Mozilla/5.0 (compatible; Bluesky Cardyb/1.1)",
  ];
  it.each(previews)("lead %s to the result as a page without script", (agent) => {
    expect(answerTo("/fr/results/L2025-001", agent)).toMatchObject({
      statusCode: 302,
      headers: { location: { value: "/fr/embed/results/L2025-001" } },
    });
    expect(answerTo("/en/results/1/2", agent)).toMatchObject({
      headers: { location: { value: "/en/embed/results/1/2" } },
    });
    expect(answerTo("/en/vote/1", agent)).toMatchObject({ uri: "/vote-en.html" });
  });

  it.each([
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/153.0.0.0 Safari/537.36",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 Version/19.0 Mobile/15E148 Safari/604.1",
    undefined,
  ])("lead %s, a reader, to the page", (agent) => {
    expect(answerTo("/en/results/1", agent)).toMatchObject({ uri: "/site-en.html" });
  });

  it("lead nowhere but to this site", () => {
    for (const path of [
      "/en/results/",
      "/en/results//evil.example",
      "/en/results/%0d%0aset-cookie:a",
      "/en/results/1/2/3",
    ]) {
      expect(answerTo(path, "Twitterbot/1.0")).toMatchObject({ uri: "/site-en.html" });
    }
  });
});

it("whoever is answered 429 is counted from CloudFront's log, which leaves none out, by a field that it has", () => {
  const Filter = z.object({
    FilterPattern: z.string(),
    LogGroupName: z.unknown(),
    MetricTransformations: z.tuple([z.object({ MetricName: z.string() })]),
  });
  const filter = stage.part("AWS::Logs::MetricFilter", "SentAway", Filter).properties;
  const log = stage.part("AWS::Logs::LogGroup", "AccessLog", z.unknown());
  expect(stage.read(filter.LogGroupName)).toBe(stage.read({ Ref: log.id }));
  const [, field = ""] = /\$\.([\w-]+) = "429"/.exec(filter.FilterPattern) ?? [];
  const Delivery = z.object({ RecordFields: z.array(z.string()) });
  expect(stage.part("AWS::Logs::Delivery", "", Delivery).properties.RecordFields).toContain(field);
});

import { runInNewContext } from "node:vm";
import { beforeAll, describe, expect, it } from "vitest";
import * as z from "zod";
import openapi from "#functions/docs/openapi.json" with { type: "json" };
import { REQUEST_ID_HEADER } from "#functions/runtime/request-id-header-contract.ts";
import { HASHED_FILES, SECURITY_HEADERS } from "#infra/site/rules.ts";
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
const behaviours = () =>
  distribution().CacheBehaviors.filter(({ PathPattern }) => PathPattern?.startsWith("/api/") === true);
/** As CloudFront chooses: the first pattern that fits. */
const behaviourOf = (path: string) => {
  const fits = (pattern = "") => new RegExp(`^${pattern.replaceAll("*", ".*")}$`).test(path);
  const found = behaviours().find(({ PathPattern }) => fits(PathPattern));
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

  it("sends /api/ to the API, with the deployment's key, and the rest to the bucket", () => {
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
    const [scripts, ...others] = CacheBehaviors.slice(behaviours().length);
    expect(others).toEqual([]);
    expect(DefaultCacheBehavior.FunctionAssociations).toHaveLength(1);
    expect(scripts).toEqual({ ...DefaultCacheBehavior, PathPattern: HASHED_FILES[0], FunctionAssociations: [] });
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

  it("sends the same headers as the laptop's site, and strict transport security", () => {
    const Policy = z.object({
      ResponseHeadersPolicyConfig: z.object({
        CustomHeadersConfig: z.object({ Items: z.array(z.object({ Header: z.string(), Value: z.string() })) }),
        SecurityHeadersConfig: z.object({
          ContentSecurityPolicy: z.object({ ContentSecurityPolicy: z.string(), Override: z.literal(true) }),
          ContentTypeOptions: z.object({ Override: z.literal(true) }),
          ReferrerPolicy: z.object({ ReferrerPolicy: z.string(), Override: z.literal(true) }),
          StrictTransportSecurity: z.object({ AccessControlMaxAgeSec: z.number().min(31_536_000) }),
        }),
      }),
    });
    const { CustomHeadersConfig, SecurityHeadersConfig } = stage.part(
      "AWS::CloudFront::ResponseHeadersPolicy",
      "SiteHeaders",
      Policy,
    ).properties.ResponseHeadersPolicyConfig;
    expect(stage.read(distribution().DefaultCacheBehavior.ResponseHeadersPolicyId)).toBe("SiteHeaders");
    expect({
      "content-security-policy": SecurityHeadersConfig.ContentSecurityPolicy.ContentSecurityPolicy,
      "referrer-policy": SecurityHeadersConfig.ReferrerPolicy.ReferrerPolicy,
      "x-content-type-options": "nosniff",
      ...Object.fromEntries(CustomHeadersConfig.Items.map(({ Header, Value }) => [Header, Value])),
    }).toEqual(SECURITY_HEADERS);
  });
});

describe("the addresses of the site", () => {
  const rewritten = (uri: string): string => {
    const { FunctionCode } = stage.part(
      "AWS::CloudFront::Function",
      "PageAddress",
      z.object({ FunctionCode: z.string() }),
    ).properties;
    const request = { uri };
    const answer: unknown = runInNewContext(`${FunctionCode}\nhandler({ request })`, { request });
    return z.object({ uri: z.string() }).parse(answer).uri;
  };

  it.each(["/", "/fr", "/en/", "/fr/vote/L2025-001", "/en/results/1/2", "/en/results/2025.1", "/check/1"])(
    "%s is the page's",
    (path) => {
      expect(rewritten(path)).toBe("/index.html");
    },
  );

  it.each(["/icon.svg", "/main-ABCD2345.js", "/index.html", "/nothing.here"])("%s is a file", (path) => {
    expect(rewritten(path)).toBe(path);
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

import { runInNewContext } from "node:vm";
import { beforeAll, describe, expect, it } from "vitest";
import * as z from "zod";
import { REQUEST_ID_HEADER } from "#functions/runtime/request-id-header-contract.ts";
import { SECURITY_HEADERS } from "#infra/site/rules.ts";
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
    CacheBehaviors: z.tuple([Behaviour]),
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
const originOf = ({ TargetOriginId }: z.infer<typeof Behaviour>) =>
  distribution().Origins.find(({ Id }) => Id === TargetOriginId);

describe("CloudFront", () => {
  it("uses TLS 1.2 or newer and HTTP/3, and forwards nothing in the clear", () => {
    const { CacheBehaviors, DefaultCacheBehavior, HttpVersion, ViewerCertificate } = distribution();
    expect(HttpVersion).toBe("http2and3");
    expect(ViewerCertificate.MinimumProtocolVersion).toBe("TLSv1.2_2021");
    expect(DefaultCacheBehavior.ViewerProtocolPolicy).toBe("redirect-to-https");
    expect(CacheBehaviors[0].ViewerProtocolPolicy).toBe("https-only");
    expect(originOf(CacheBehaviors[0])?.CustomOriginConfig?.OriginProtocolPolicy).toBe("https-only");
  });

  it("sends /api/ to the API, with the deployment's key, and the rest to the bucket", () => {
    const { CacheBehaviors, DefaultCacheBehavior } = distribution();
    expect(CacheBehaviors[0].PathPattern).toBe("/api/*");
    const api = originOf(CacheBehaviors[0]);
    expect(stage.read(api?.DomainName)).toBe("OriginKey.apiDomain");
    expect(
      api?.OriginCustomHeaders.map(({ HeaderName, HeaderValue }) => [HeaderName, stage.read(HeaderValue)]),
    ).toEqual([["scrutin-origin-key", "OriginKey.key"]]);
    const files = originOf(DefaultCacheBehavior);
    expect(files?.OriginAccessControlId).toBeDefined();
    expect(files?.OriginCustomHeaders).toEqual([]);
  });

  it("does not alter the API's answers: a 404 stays one, and no error is cached", () => {
    const { CacheBehaviors, CustomErrorResponses } = distribution();
    expect(CacheBehaviors[0].FunctionAssociations).toEqual([]);
    for (const status of [400, 403, 404, 500, 503]) {
      expect(CustomErrorResponses).toContainEqual({ ErrorCode: status, ErrorCachingMinTTL: 0 });
    }
  });

  it("caches an answer as long as the API says, separately for each request id", () => {
    const CachePolicy = z.object({
      CachePolicyConfig: z.object({
        DefaultTTL: z.number(),
        MinTTL: z.number(),
        ParametersInCacheKeyAndForwardedToOrigin: z.object({
          HeadersConfig: z.object({ Headers: z.array(z.string()) }),
          QueryStringsConfig: z.object({ QueryStringBehavior: z.string() }),
          EnableAcceptEncodingBrotli: z.literal(true),
          EnableAcceptEncodingGzip: z.literal(true),
        }),
      }),
    });
    const {
      DefaultTTL,
      MinTTL,
      ParametersInCacheKeyAndForwardedToOrigin: key,
    } = stage.part("AWS::CloudFront::CachePolicy", "ApiCache", CachePolicy).properties.CachePolicyConfig;
    expect(stage.read(distribution().CacheBehaviors[0].CachePolicyId)).toBe("ApiCache");
    // Answers without a lifetime are not cached, and no-store is obeyed only without a minimum.
    expect([DefaultTTL, MinTTL]).toEqual([0, 0]);
    expect(key.HeadersConfig.Headers).toContain(REQUEST_ID_HEADER);
    expect(key.QueryStringsConfig.QueryStringBehavior).toBe("none");
  });

  it("caches answers to other sites' pages separately", async () => {
    const open = await sharedStage("least");
    const Headers = z.object({
      CachePolicyConfig: z.object({
        ParametersInCacheKeyAndForwardedToOrigin: z.object({
          HeadersConfig: z.object({ Headers: z.array(z.string()) }),
        }),
      }),
    });
    const { properties } = open.part("AWS::CloudFront::CachePolicy", "ApiCache", Headers);
    expect(properties.CachePolicyConfig.ParametersInCacheKeyAndForwardedToOrigin.HeadersConfig.Headers).toEqual([
      REQUEST_ID_HEADER,
      "Origin",
    ]);
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

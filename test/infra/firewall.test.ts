import { beforeAll, describe, expect, it } from "vitest";
import * as z from "zod";
import { MAX_BODY_BYTES } from "#functions/submit/contract.ts";
import { LIMITS, sharedStage } from "#test/infra/shared-stages.ts";
import type { Stage } from "#test/infra/stage.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await sharedStage("rules");
});

describe("the firewall", () => {
  const Rule = z.looseObject({
    Name: z.string(),
    Action: z
      .object({
        Block: z.object({ CustomResponse: z.object({ ResponseCode: z.number() }) }).optional(),
        Challenge: z.object({}).optional(),
      })
      .optional(),
    Statement: z.looseObject({
      RateBasedStatement: z.looseObject({ Limit: z.number(), AggregateKeyType: z.string() }).optional(),
      SizeConstraintStatement: z
        .looseObject({ Size: z.number(), FieldToMatch: z.object({ Body: z.object({ OversizeHandling: z.string() }) }) })
        .optional(),
    }),
    VisibilityConfig: z.object({ SampledRequestsEnabled: z.boolean() }),
  });
  const List = z.object({ Scope: z.literal("CLOUDFRONT"), Rules: z.array(Rule), CustomResponseBodies: z.unknown() });
  const list = () => stage.part("AWS::WAFv2::WebACL", "FirewallList", List).properties;
  const rule = (name: string): z.infer<typeof Rule> => {
    const found = list().Rules.find(({ Name }) => Name === name);
    if (found === undefined) throw new Error(`there is no rule ${name}`);
    return found;
  };

  it("stands before CloudFront", () => {
    const Distribution = z.object({ DistributionConfig: z.object({ WebACLId: z.unknown() }) });
    const { properties } = stage.part("AWS::CloudFront::Distribution", "Distribution", Distribution);
    expect(stage.read(properties.DistributionConfig.WebACLId)).toBe("FirewallList.Arn");
  });

  it("limits an address's votes and requests to the stage's parameters", () => {
    for (const [name, limit] of [
      ["VotesPerAddress", LIMITS.votesPerAddress],
      ["RequestsPerAddress", LIMITS.requestsPerAddress],
    ] as const) {
      expect(rule(name).Statement.RateBasedStatement).toMatchObject({ Limit: limit, AggregateKeyType: "IP" });
    }
    expect(rule("RequestsPerAddress").Action?.Block?.CustomResponse.ResponseCode).toBe(429);
  });

  it("challenges, and never blocks, votes for the sake of the address they come from", () => {
    expect(rule("VotesPerAddress").Action).toEqual({ Challenge: {} });
    const scope = JSON.stringify(rule("RequestsPerAddress").Statement.RateBasedStatement?.ScopeDownStatement);
    expect(scope).toMatch(/^\{"NotStatement":/);
    const reputation = JSON.stringify(rule("AWSManagedRulesAmazonIpReputationList").Statement);
    expect(reputation.match(/"Challenge"/g)).toHaveLength(2);
  });

  it("reads every path as the API does before it compares it", () => {
    const texts = JSON.stringify(list().Rules).split('"ByteMatchStatement"').slice(1);
    const ofPaths = texts.filter((text) => text.includes('"UriPath"'));
    expect(ofPaths.length).toBeGreaterThan(3);
    for (const text of ofPaths) {
      expect([...text.matchAll(/"Type":"(\w+)"/g)].map(([, type]) => type).slice(0, 3)).toEqual([
        "URL_DECODE",
        "NORMALIZE_PATH",
        "LOWERCASE",
      ]);
    }
  });

  it("refuses exactly the bodies that are too large for submit", () => {
    const { SizeConstraintStatement } = rule("BodySize").Statement;
    expect(SizeConstraintStatement).toMatchObject({ ComparisonOperator: "GT", Size: MAX_BODY_BYTES });
    expect(SizeConstraintStatement?.FieldToMatch.Body.OversizeHandling).toBe("MATCH");
    expect(rule("BodySize").Action?.Block?.CustomResponse.ResponseCode).toBe(413);
  });

  it("keeps no sampled requests, which would have request ids and senders", () => {
    expect(list().Rules.map(({ VisibilityConfig }) => VisibilityConfig.SampledRequestsEnabled)).not.toContain(true);
  });
});

describe("CloudFront's access log", () => {
  it("has no path, query, cookie or referrer, which name ballots, nor the client's address or browser", () => {
    const Delivery = z.object({ RecordFields: z.array(z.string()) });
    const { RecordFields } = stage.part("AWS::Logs::Delivery", "AccessLogDelivery", Delivery).properties;
    expect(RecordFields).toContain("sc-status");
    const telling = /uri|query|stem|cookie|referer|^c-|forwarded|user-agent|request-id|host|asn|country/i;
    expect(RecordFields.filter((field) => telling.test(field))).toEqual([]);
  });
});

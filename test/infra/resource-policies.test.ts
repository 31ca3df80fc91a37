import { beforeAll, describe, expect, it } from "vitest";
import * as z from "zod";
import { allows, PolicyDocument, type Request } from "#test/infra/policy.ts";
import { sharedStage } from "#test/infra/shared-stages.ts";
import type { Stage } from "#test/infra/stage.ts";

/** The policies on topics, keys, buckets, queues and logs, asked as AWS asks them: whoever needs the resource may use it. */

let stage: Stage;
beforeAll(async () => {
  stage = await sharedStage("rules");
});

const ACCOUNT = "AWS::AccountId";
const TLS = { "aws:SecureTransport": "true", "s3:TlsVersion": "1.3" };
const service = (name: string): Request["principal"] => ["Service", `${name}.amazonaws.com`];
const arn = (name: string, region: string, rest: string): string =>
  `arn:AWS::Partition:${name}:${region}:${ACCOUNT}:${rest}`;
const from = (SourceArn: string, SourceAccount = ACCOUNT) => ({
  ...TLS,
  "aws:SourceArn": SourceArn,
  "aws:SourceAccount": SourceAccount,
});

const read = (value: unknown): string => stage.read(value);

/** The one policy of a type by the start of its logical id. */
function policyOf(type: string, idPrefix: string): PolicyDocument {
  const Policy = z.object({ PolicyDocument: z.unknown().optional(), KeyPolicy: z.unknown().optional() });
  const { PolicyDocument: document, KeyPolicy } = stage.part(type, idPrefix, Policy).properties;
  const policy = KeyPolicy ?? document;
  const isText = z.object({ "Fn::Join": z.unknown() }).safeParse(policy).success;
  return PolicyDocument.parse(isText ? JSON.parse(read(policy)) : policy);
}

describe.each([
  ["AlarmsTold", "ca-central-1", "us-east-1"],
  ["SiteAlarmsTold", "us-east-1", "ca-central-1"],
])("an alarm's mail by the topic %s", (told, region, otherRegion) => {
  const ALARM = arn("cloudwatch", region, "alarm:scrutin-rules: Votes set aside");
  const publish = (
    principal: Request["principal"],
    context: Readonly<Record<string, string>>,
    action = "sns:Publish",
  ): boolean =>
    allows(policyOf("AWS::SNS::TopicPolicy", told), { principal, action, resource: `${told}Topic`, context }, read);

  it("CloudWatch may publish for an alarm of this account and region, and use the topic's key for it", () => {
    expect(publish(service("cloudwatch"), from(ALARM))).toBe(true);
    const key = policyOf("AWS::KMS::Key", `${told}Key`);
    for (const action of ["kms:Decrypt", "kms:GenerateDataKey"]) {
      const request = { principal: service("cloudwatch"), action, resource: `${told}Key.Arn`, context: from(ALARM) };
      expect(allows(key, request, read)).toBe(true);
    }
  });

  it.each<[string, Parameters<typeof publish>]>([
    [
      "an alarm of another account",
      [service("cloudwatch"), from(ALARM.replace(ACCOUNT, "999999999999"), "999999999999")],
    ],
    ["another account in this one's name", [service("cloudwatch"), from(ALARM, "999999999999")]],
    ["an alarm of another region", [service("cloudwatch"), from(ALARM.replace(region, otherRegion))]],
    ["CloudWatch for nobody", [service("cloudwatch"), TLS]],
    ["CloudWatch without TLS", [service("cloudwatch"), { ...from(ALARM), "aws:SecureTransport": "false" }]],
    ["another service", [service("events"), from(ALARM)]],
    ["a stranger", [["AWS", "arn:aws:iam::999999999999:root"], TLS]],
    ["CloudWatch subscribing somebody", [service("cloudwatch"), from(ALARM), "sns:Subscribe"]],
  ])("comes from nobody else: not %s", (_, request) => {
    expect(publish(...request)).toBe(false);
  });
});

describe("what a service of AWS does for Scrutin", () => {
  it("CloudFront reads the site's files for its own distribution, and no other does", () => {
    const policy = policyOf("AWS::S3::BucketPolicy", "FilesBucket");
    const reads = (distribution: string): boolean =>
      allows(
        policy,
        {
          principal: service("cloudfront"),
          action: "s3:GetObject",
          resource: "FilesBucket.Arn/site-en.html",
          context: from(arn("cloudfront", "", `distribution/${distribution}`)),
        },
        read,
      );
    expect([reads("Distribution"), reads("EOTHER")]).toEqual([true, false]);
  });

  it("the delivery of CloudFront's access log writes to its log group", () => {
    const request = {
      principal: service("delivery.logs"),
      action: "logs:PutLogEvents",
      resource: "AccessLog.Arn",
      context: from(arn("logs", "us-east-1", "delivery-source:scrutin-rules-site-source")),
    };
    expect(allows(policyOf("AWS::Logs::ResourcePolicy", "AccessLog"), request, read)).toBe(true);
  });
});

import { beforeAll, describe, expect, it } from "vitest";
import * as z from "zod";
import { sharedStage } from "#test/infra/shared-stages.ts";
import type { Stage } from "#test/infra/stage.ts";

/**
 * Every wildcard in a right in any template of a stage, and why it is needed. An unlisted wildcard fails, and so does a line
 * here that no template needs any more.
 */
const WILDCARDS: Readonly<Record<string, string>> = {
  "Role/submitRole: secretsmanager:GetSecretValue on …:secret:scrutin/rules/pepper/*":
    "one pepper for each election, and elections are applied after deployment",
  ...Object.fromEntries(
    ["submit", "votestatus", "results"].map((name) => [
      `Role/${name}Role: secretsmanager:GetSecretValue on …:secret:scrutin/rules/receipt-key/*`,
      "one receipt key for each election, and elections are applied after deployment",
    ]),
  ),
  "Role/submitRole: secretsmanager:GetSecretValue on …:secret:scrutin/rules/acknowledgement-key/*":
    "one for each election whose ballots trustees open, and elections are applied after deployment",
  "Role/tallyRole: secretsmanager:GetSecretValue on …:secret:scrutin/rules/ballot-key/*":
    "one ballot key for each election, and elections are applied after deployment",
  "Role/recountRole: secretsmanager:GetSecretValue on …:secret:scrutin/rules/ballot-key/*":
    "the same ballot keys, to count the same ballots again",
  "Role/submitRole: secretsmanager:GetSecretValue on …:secret:scrutin/rules/stamp-key/*":
    "one stamp key for each election, and elections are applied after deployment",
  "Role/tallyRole: secretsmanager:GetSecretValue on …:secret:scrutin/rules/stamp-key/*":
    "the same stamp keys, to check what it counts",
  "Role/recountRole: secretsmanager:GetSecretValue on …:secret:scrutin/rules/stamp-key/*":
    "the same stamp keys, to check the same ballots again",
  ...Object.fromEntries(
    ["CreateSecret", "DescribeSecret", "GetSecretValue"].map((action) => [
      `Role/stateopeningRole: secretsmanager:${action} on …:secret:scrutin/rules/signing-key/*`,
      "one signing key for each election, made when its opening is stated",
    ]),
  ),
  "Role/systemstatusRole: cloudwatch:GetMetricData on *":
    "it takes no resource and no condition; it reads figures only",
  ...Object.fromEntries(
    ["acknowledgement-key", "pepper", "receipt-key", "ballot-key", "stamp-key"].flatMap((kind) =>
      ["CreateSecret", "DescribeSecret"].map((action) => [
        `Role/applyelectionsRole: secretsmanager:${action} on …:secret:scrutin/rules/${kind}/*`,
        "one of each for each election; which elections there are is in the definitions",
      ]),
    ),
  ),
  ...Object.fromEntries(
    ["pepper", "receipt-key", "ballot-key", "stamp-key"].flatMap((kind) =>
      ["CreateSecret", "DescribeSecret"].map((action) => [
        `Role/officeRole: secretsmanager:${action} on …:secret:scrutin/rules/${kind}/*`,
        "one of each for each election, which officers register in the console",
      ]),
    ),
  ),
  ...Object.fromEntries(
    ["acknowledgement-key", "pepper", "ballot-key", "stamp-key", "signing-key", "receipt-key"].flatMap((kind) =>
      [
        "CreateSecret",
        "DescribeSecret",
        // With which somebody could sign for ballots that nobody cast.
        ...(kind === "acknowledgement-key" ? [] : ["GetSecretValue"]),
        "DeleteSecret",
        ...(["pepper", "receipt-key"].includes(kind) ? [] : ["RestoreSecret"]),
      ].map((action) => [
        `Role/OfficerRole: secretsmanager:${action} on …:secret:scrutin/rules/${kind}/*`,
        "one of each for each election, for an officer at the command line",
      ]),
    ),
  ),
  ...Object.fromEntries(
    [
      ["pepper", "GetSecretValue"],
      ["stamp-key", "GetSecretValue"],
      ...["CreateSecret", "DescribeSecret", "GetSecretValue"].map((action) => ["signing-key", action] as const),
    ].map(([kind, action]) => [
      `Role/officerollRole: secretsmanager:${action} on …:secret:scrutin/rules/${kind}/*`,
      "one of each for each election, whose roll it may be",
    ]),
  ),
  "Role/OriginKeyoriginkeysRole: cloudformation:DescribeStacks on arn:AWS::Partition:cloudformation:ca-central-1:AWS::AccountId:stack/scrutin-rules-voting/*":
    "the one stack of that name, whose ARN ends in an id that is not known before",
  ...Object.fromEntries(
    [
      ...["CreateSecret", "DescribeSecret", "GetSecretValue", "DeleteSecret"].map((action) => `signing-key ${action}`),
      ...["ballot-key", "stamp-key"].flatMap((kind) => [`${kind} GetSecretValue`, `${kind} DeleteSecret`]),
      ...["DescribeSecret", "DeleteSecret"].map((action) => `pepper ${action}`),
      "receipt-key DeleteSecret",
      "acknowledgement-key DeleteSecret",
    ].map((right) => {
      const [kind, action] = right.split(" ");
      return [
        `Role/officeworkRole: secretsmanager:${action} on …:secret:scrutin/rules/${kind}/*`,
        "one of each for each election, for what officers ask for in the console",
      ];
    }),
  ),
  "Role/officeRole: secretsmanager:GetSecretValue on …:secret:scrutin/rules/signing-key/*":
    "one signing key for each election, for changes that an officer signs in the console",
  "Role/officeRole: cloudwatch:DescribeAlarms on *":
    "composite alarms are told only to whoever may ask for all alarms; it reads their states",
  "Role/officeRole: cloudwatch:GetMetricData on *":
    "how long a message may wait; it takes no resource and no condition, and reads figures only",
  "Role/officeRole: s3:GetObject on CertifiedBucket.Arn/kept/*": "the files of each certified election, to download",
  "Role/officeworkRole: cloudwatch:GetMetricData on *":
    "how long a message may wait; it takes no resource and no condition, and reads figures only",
  ...Object.fromEntries(
    ["kept", "public"].flatMap((prefix) =>
      ["DeleteObject", "GetObject", "PutObject"].map((action) => [
        `Role/officeworkRole: s3:${action} on CertifiedBucket.Arn/${prefix}/*`,
        "the files of each certified election",
      ]),
    ),
  ),
  "Role/FilesCopyingRole: s3:PutObject on FilesBucket.Arn/*":
    "a file's name holds a hash of its content, which no policy can know",
};

/** Every function may also write traces, two actions without a narrower resource. */
const TRACING = ["xray:PutTraceSegments on *", "xray:PutTelemetryRecords on *"];

const oneOrMore = z.union([z.unknown().array(), z.unknown().transform((value) => [value])]);
const Policy = z.object({
  PolicyDocument: z.object({
    Statement: z.array(
      z.looseObject({ Effect: z.string(), Action: oneOrMore, Resource: oneOrMore, NotAction: z.never().optional() }),
    ),
  }),
  Roles: z.array(z.unknown()),
});

let stage: Stage;
beforeAll(async () => {
  stage = await sharedStage("rules");
});

describe("wildcards", () => {
  it("no role may do more than what is listed here with its reason", () => {
    const found = stage.parts("AWS::IAM::Policy", Policy).flatMap(({ properties }) =>
      properties.PolicyDocument.Statement.flatMap(({ Action, Resource }) =>
        Action.flatMap((action) =>
          Resource.map(
            (resource) => `${String(action)} on ${stage.read(resource).replace(/^arn:.*:secret:/, "…:secret:")}`,
          ),
        ),
      )
        .filter((right) => right.includes("*") && !TRACING.includes(right))
        .flatMap((right) => properties.Roles.map((role) => `Role/${stage.read(role)}: ${right}`)),
    );
    expect(found.sort()).toEqual(Object.keys(WILDCARDS).sort());
  });

  it("roles have no managed policies, except the CDK's for emptying the site's bucket", () => {
    const Role = z.object({ ManagedPolicyArns: z.array(z.unknown()).default([]), Policies: z.never().optional() });
    const managed = stage
      .parts("AWS::IAM::Role", Role)
      .flatMap(({ id, properties }) => properties.ManagedPolicyArns.map(() => id.replace(/[0-9A-F]{8}$/, "")));
    expect(managed).toEqual(["CustomS3AutoDeleteObjectsCustomResourceProviderRole"]);
  });
});

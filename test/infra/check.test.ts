import { randomUUID } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App } from "aws-cdk-lib";
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import * as z from "zod";
import { readConfig } from "#infra/config.ts";
import { addStacks } from "#infra/stacks/stage-stacks.ts";
import { synthesize } from "#infra/synthesize.ts";
import { BOOTSTRAP_VERSION } from "#infra/tools/check/account.ts";
import { check } from "#infra/tools/check/check.ts";
import { clientsFor, closeAll } from "#infra/tools/check/clients.ts";
import { linesOf } from "#infra/tools/check/finding.ts";
import { fixedNames } from "#infra/tools/check/names.ts";
import { readWarmedTables } from "#infra/tools/warmed-tables.ts";
import { law } from "#test/definitions.ts";
import { IDENTITY } from "#test/identified.ts";
import {
  type Answers,
  distribution,
  EMPTY_ACCOUNT,
  failure,
  recordedAws,
  stack,
  stacks,
  usedUp,
} from "#test/infra/recorded-aws.ts";
import { sharedStage } from "#test/infra/shared-stages.ts";
import type { Stage } from "#test/infra/stage.ts";

/** `npm run deploy -- --check`, in accounts of recorded answers. */

const NOW = Date.parse("2026-11-27T12:00:00Z");
const domain = "vote.example.org";
const certificateArn = `arn:aws:acm:us-east-1:123456789012:certificate/${"0".repeat(36)}`;

afterEach(() => vi.unstubAllEnvs());

/** What is said of a stage in an account: the marks, and the lines of what is not fine. */
async function checked(answers: Answers, config = readConfig("unwritten", { domain, certificateArn })) {
  const aws = await recordedAws({ ...EMPTY_ACCOUNT, ...answers });
  vi.stubEnv("AWS_ENDPOINT_URL", aws.url);
  vi.stubEnv("AWS_ACCESS_KEY_ID", "a");
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", "b");
  vi.stubEnv("AWS_MAX_ATTEMPTS", "1");
  const clients = clientsFor(config.region);
  try {
    const { findings } = await check(config, clients, NOW);
    const notFine = findings.filter(({ state }) => state !== "fine");
    return { marks: new Set(findings.map(({ state }) => state)), lines: notFine.flatMap(linesOf), asked: aws.asked };
  } finally {
    closeAll(clients);
    aws.close();
  }
}

describe("a deployment that would succeed", () => {
  it("is fine in an account that has everything, and nothing is created to find out", async () => {
    const { lines, marks, asked } = await checked({});
    expect(lines).toEqual([]);
    expect([...marks]).toEqual(["fine"]);
    expect(asked.filter((operation) => !/^(?:Get|Describe|List)/.test(operation))).toEqual([]);
  });

  it("is fine again over a stage that is deployed, whose names are its own", async () => {
    const part = (name: string) => ({ [`scrutin-unwritten-${name}`]: "UPDATE_COMPLETE" });
    const deployed = { ...part("data"), ...part("voting"), ...part("site"), ...part("observability") };
    const { lines, asked } = await checked({
      DescribeStacks: stacks(deployed),
      ListDistributions: distribution("E1", domain, "Scrutin unwritten"),
    });
    expect(lines).toEqual([]);
    expect(asked).not.toContain("GetRole");
  });

  it("is fine over stacks whose creation failed: the deployment removes them", async () => {
    const failed = { "scrutin-unwritten-data": "ROLLBACK_COMPLETE", "scrutin-unwritten-voting": "ROLLBACK_FAILED" };
    expect((await checked({ DescribeStacks: stacks(failed) })).lines).toEqual([]);
  });
});

describe("a deployment that would fail is told, with what to do", () => {
  it.each<[string, Answers, RegExp]>([
    [
      "unknown credentials",
      { GetCallerIdentity: failure("InvalidClientTokenId", "The security token is invalid.", 403) },
      /✗ credentials:.*token is invalid/,
    ],
    [
      "a region without bootstrap",
      {
        DescribeStacks: (body) =>
          failure("ValidationError", `Stack with id ${new URLSearchParams(body).get("StackName")} does not exist`),
      },
      /✗ bootstrap in us-east-1:.*\n {4}npx cdk bootstrap aws:\/\/123456789012\/us-east-1/,
    ],
    [
      "an old bootstrap",
      { DescribeStacks: stacks({ CDKToolkit: stack("CDKToolkit", "UPDATE_COMPLETE", { BootstrapVersion: "5" }) }) },
      /✗ bootstrap in ca-central-1: has version 5/,
    ],
    [
      "a broken bootstrap",
      { DescribeStacks: stacks({ CDKToolkit: "ROLLBACK_COMPLETE" }) },
      /CDKToolkit is in ROLLBACK_COMPLETE/,
    ],
    [
      "a region that is not enabled",
      { "DescribeStacks ca-central-1": failure("OptInRequired", "", 403) },
      /enable-region --region-name ca-central-1/,
    ],
    [
      "too little concurrency",
      { GetAccountSettings: { AccountLimit: { ConcurrentExecutions: 10, UnreservedConcurrentExecutions: 10 } } },
      /account has 10.*\n.*--service-code lambda --quota-code L-B99A9384 --desired-value \d+ --region ca-central-1/,
    ],
    [
      "concurrency that others have reserved",
      { GetAccountSettings: { AccountLimit: { ConcurrentExecutions: 1000, UnreservedConcurrentExecutions: 100 } } },
      /others have reserved 900/,
    ],
    [
      "too few API requests",
      { GetServiceQuota: { Quota: { ServiceCode: "apigateway", QuotaCode: "L-8A5B8E43", Value: 100 } } },
      /has 100\.\n.*--service-code apigateway --quota-code L-8A5B8E43 --desired-value 400/,
    ],
    [
      "limits that may not be read",
      { DescribeLimits: failure("AccessDeniedException", "not authorized") },
      /✗ quotas: .*dynamodb:DescribeLimits allow/,
    ],
    [
      "no certificate",
      { DescribeCertificate: failure("ResourceNotFoundException", "Could not find it") },
      /✗ certificate of vote.example.org: there is no .*\n {4}aws acm request-certificate --domain-name vote.example.org/,
    ],
    [
      "a certificate that waits",
      { DescribeCertificate: { Certificate: { Status: "PENDING_VALIDATION" } } },
      /waits for the record in DNS/,
    ],
    [
      "an expired certificate",
      { DescribeCertificate: { Certificate: { Status: "ISSUED", NotAfter: 1_700_000_000 } } },
      /ISSUED, until 2023/,
    ],
    [
      "another domain's certificate",
      { DescribeCertificate: { Certificate: { Status: "ISSUED", SubjectAlternativeNames: ["*.org", "example.org"] } } },
      /it is for \*\.org, example\.org/,
    ],
    [
      "a domain that CloudFront serves otherwise",
      { ListDistributions: distribution("E2", domain, "Another site") },
      /serves it by E2/,
    ],
    ["no room at CloudFront", usedUp, /has 19 of 20 CloudFront's cache policies, and a stage adds 2/],
    [
      "no room at CloudWatch Logs",
      { DescribeResourcePolicies: { resourcePolicies: Array.from({ length: 10 }, () => ({ policyName: "other" })) } },
      /10 of 10 resource policies/,
    ],
    [
      "a stack that could not be deleted",
      { DescribeStacks: stacks({ "scrutin-unwritten-site": "DELETE_FAILED" }) },
      /aws cloudformation delete-stack --stack-name scrutin-unwritten-site --region us-east-1/,
    ],
    [
      "a stack that went back only in part",
      { DescribeStacks: stacks({ "scrutin-unwritten-voting": "UPDATE_ROLLBACK_FAILED" }) },
      /npx cdk rollback scrutin-unwritten-voting --context stage=unwritten/,
    ],
    [
      "a stack that somebody deploys",
      { DescribeStacks: stacks({ "scrutin-unwritten-data": "UPDATE_IN_PROGRESS" }) },
      /somebody deploys it at this moment/,
    ],
    [
      "a role's name that is taken",
      {
        GetRole: (body) =>
          new URLSearchParams(body).get("RoleName") === "scrutin-unwritten-tally"
            ? `<GetRoleResponse><GetRoleResult><Role><RoleName>scrutin-unwritten-tally</RoleName></Role></GetRoleResult></GetRoleResponse>`
            : failure("NoSuchEntity", "", 404),
      },
      /aws iam delete-role --role-name scrutin-unwritten-tally/,
    ],
    [
      "a key's name that is taken",
      { ListAliases: { Aliases: [{ AliasName: "alias/scrutin/unwritten/pepper" }] } },
      /aws kms delete-alias --alias-name alias\/scrutin\/unwritten\/pepper/,
    ],
    [
      "a log group's name that is taken",
      { DescribeLogGroups: { logGroups: [{ logGroupName: "/aws/vendedlogs/cloudfront/scrutin-unwritten-site" }] } },
      /aws logs delete-log-group/,
    ],
    [
      "secrets of an earlier stage",
      { ListSecrets: { SecretList: [{ Name: "scrutin/unwritten/pepper/1" }] } },
      /delete-secret --force-delete-without-recovery --secret-id scrutin\/unwritten\/pepper\/1/,
    ],
  ])("%s", async (_, answers, told) => {
    const { lines } = await checked(answers);
    expect(lines.join("\n")).toMatch(told);
    expect(lines[0]).toMatch(/^✗/);
  });

  it("definitions that break a rule", async () => {
    const { lines } = await checked({}, readConfig("unwritten", { electionsFolder: "nowhere" }));
    expect(lines[0]).toMatch(/^✗ elections: .*nowhere/);
  });

  it("definitions whose voters sign in by a provider that the stage does not allow, which the CDK refuses as well", async () => {
    const electionsFolder = await mkdtemp(join(tmpdir(), "scrutin-elections-"));
    try {
      const definition = law({ electionId: "mayor", identity: IDENTITY, credentialFields: undefined });
      await writeFile(join(electionsFolder, "mayor.json"), JSON.stringify(definition));
      const config = (voterIssuers: string[]) => readConfig("unwritten", { electionsFolder, voterIssuers });
      const { lines } = await checked({}, config(["https://login.example.org"]));
      expect(lines[0]).toMatch(/^✗ elections: Election mayor: identity\.issuer: .*: https:\/\/login\.example\.org\./);
      await expect(addStacks(new App(), config([]), randomUUID())).rejects.toThrow(
        /Election mayor: identity\.issuer: .*name none\.\n.*config\/unwritten\.json/,
      );
      expect((await checked({}, config([IDENTITY.issuer]))).lines).toEqual([]);
    } finally {
      await rm(electionsFolder, { recursive: true });
    }
  });

  it("and what may not be asked is told with the right that it takes, and stops nothing", async () => {
    const { lines } = await checked({ ListDistributions: failure("AccessDenied", "not authorized", 403) });
    expect(lines).toEqual([expect.stringMatching(/^\? domain: could not be asked \(cloudfront:ListDistributions\)/)]);
  });
});

describe("what the check knows by heart", () => {
  let rules: Stage;
  beforeAll(async () => {
    rules = await sharedStage("rules");
  });

  it("the fixed names in the templates, all of them", async () => {
    const { roles, aliases, logGroups } = await fixedNames(readConfig("rules"));
    const named = (type: string, property: string) =>
      rules
        .parts(type, z.record(z.string(), z.unknown()))
        .flatMap(({ properties }) => (typeof properties[property] === "string" ? [properties[property]] : []))
        .sort();
    const all = (names: typeof roles) => Object.values(names).flat().sort();
    expect(named("AWS::IAM::Role", "RoleName")).toEqual(all(roles));
    expect(named("AWS::KMS::Alias", "AliasName")).toEqual(all(aliases));
    expect(named("AWS::Logs::LogGroup", "LogGroupName")).toEqual(all(logGroups));
    expect(named("AWS::SecretsManager::Secret", "Name")).toEqual(["scrutin/rules/origin-keys"]);
  });

  it("the bootstrap that the CDK wants", async () => {
    const { assetFolder } = await synthesize("local");
    const Manifest = z.object({
      artifacts: z.record(
        z.string(),
        z.looseObject({
          properties: z.looseObject({ requiresBootstrapStackVersion: z.number().optional() }).optional(),
        }),
      ),
    });
    const { artifacts } = Manifest.parse(JSON.parse(await readFile(join(assetFolder, "manifest.json"), "utf8")));
    const wanted = Object.values(artifacts).flatMap(
      ({ properties }) => properties?.requiresBootstrapStackVersion ?? [],
    );
    expect(Math.max(...wanted)).toBe(BOOTSTRAP_VERSION);
  });
});

it("the tables' warm throughput is read from the deployed template and from the tables, so that it is never lowered", async () => {
  const template = {
    Resources: {
      Votes1: {
        Type: "AWS::DynamoDB::GlobalTable",
        Properties: { WarmThroughput: { WriteUnitsPerSecond: 10_000, ReadUnitsPerSecond: 12_000 } },
      },
    },
  };
  const aws = await recordedAws({
    GetTemplate: `<GetTemplateResponse><GetTemplateResult><TemplateBody>${JSON.stringify(template).replaceAll('"', "&quot;")}</TemplateBody></GetTemplateResult></GetTemplateResponse>`,
    DescribeTable: {
      Table: { WarmThroughput: { ReadUnitsPerSecond: 12_000, WriteUnitsPerSecond: 16_000, Status: "ACTIVE" } },
    },
  });
  vi.stubEnv("AWS_ENDPOINT_URL", aws.url);
  vi.stubEnv("AWS_ACCESS_KEY_ID", "a");
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", "b");
  const clients = clientsFor("ca-central-1");
  try {
    const has = { writeUnitsPerSecond: 16_000, readUnitsPerSecond: 12_000 };
    expect(await readWarmedTables(clients, "scrutin-prod-data", { VotesTable: "v", RollTable: "r" })).toEqual({
      votes: { asked: { writeUnitsPerSecond: 10_000, readUnitsPerSecond: 12_000 }, has },
      roll: { asked: undefined, has },
      tallies: { asked: undefined },
    });
  } finally {
    closeAll(clients);
    aws.close();
  }
});

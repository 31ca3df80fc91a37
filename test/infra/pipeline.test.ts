import { readFile } from "node:fs/promises";
import { beforeAll, describe, expect, it } from "vitest";
import * as z from "zod";
import { sharedStage } from "#test/infra/shared-stages.ts";
import type { Stage } from "#test/infra/stage.ts";

const FOURTEEN_DAYS_S = 14 * 24 * 3600;

let stage: Stage;
let rehearsal: Stage;
beforeAll(async () => {
  stage = await sharedStage("rules");
  rehearsal = await sharedStage("least");
});

describe("the API", () => {
  it("routes each documented request to a function, and everything else to docs", async () => {
    const OpenApi = z.object({ paths: z.record(z.string(), z.record(z.string(), z.unknown())) });
    const file = await readFile(new URL("../../functions/docs/openapi.json", import.meta.url), "utf8");
    const documented = Object.entries(OpenApi.parse(JSON.parse(file)).paths).flatMap(([path, methods]) =>
      Object.keys(methods).flatMap((method) => {
        const answered = method === "get" ? ["GET", "HEAD"] : [method.toUpperCase()];
        return answered.map((one) => `${one} ${path}`);
      }),
    );
    const routes = stage.routes();
    const toDocs = [...routes].filter(([, name]) => name === "docs").map(([route]) => route);
    expect(toDocs.sort()).toEqual([
      "$default",
      "GET /api/v1/docs",
      "GET /api/v1/docs/fr",
      "GET /api/v1/elections/vote",
      "GET /api/v1/openapi.json",
      "HEAD /api/v1/docs",
      "HEAD /api/v1/docs/fr",
      "HEAD /api/v1/elections/vote",
      "HEAD /api/v1/openapi.json",
    ]);
    // Pages of the site, which the API's document does not describe.
    const embedded = [...routes].filter(([, name]) => name === "embed").map(([route]) => route);
    expect(embedded.sort()).toEqual(
      ["GET", "HEAD"].flatMap((method) => ["en", "fr"].map((language) => `${method} /${language}/embed/{address+}`)),
    );
    // The console's, which nobody calls without an account.
    const office = [...routes.keys()].filter((route) => route.includes(" /api/v1/office/"));
    // Images, by addresses that definitions give.
    const photos = [...routes.keys()].filter((route) => route.endsWith(" /api/v1/photos/{photo}"));
    const beyond = [...toDocs, ...embedded, ...office, ...photos];
    expect([...routes.keys()].filter((route) => !beyond.includes(route)).sort()).toEqual(documented.sort());
  });

  it("a function with a route may be invoked by the API", () => {
    const Permission = z.object({ FunctionName: z.unknown(), Principal: z.string() });
    const callable = stage
      .parts("AWS::Lambda::Permission", Permission)
      .filter(({ properties }) => properties.Principal === "apigateway.amazonaws.com")
      .map(({ properties }) => stage.read(properties.FunctionName));
    for (const name of stage.routes().values()) {
      expect(callable).toContain(stage.read({ "Fn::GetAtt": [stage.function(name).id, "Arn"] }));
    }
  });
});

describe("the queue of votes", () => {
  const Queue = z.object({
    VisibilityTimeout: z.number().optional(),
    MessageRetentionPeriod: z.number(),
    KmsMasterKeyId: z.unknown(),
    RedrivePolicy: z.object({ deadLetterTargetArn: z.unknown(), maxReceiveCount: z.number() }).optional(),
  });
  const votes = () => stage.part("AWS::SQS::Queue", "VotesQueue", Queue).properties;

  it("a message stays hidden six times the timeout of validate", () => {
    expect(votes().VisibilityTimeout).toBeGreaterThanOrEqual(6 * stage.function("validate").properties.Timeout);
  });

  it("a message that cannot be decided goes to the dead letters, and both keep it for 14 days", () => {
    expect(stage.read(votes().RedrivePolicy?.deadLetterTargetArn)).toBe("VotesDeadLetters.Arn");
    expect(votes().RedrivePolicy?.maxReceiveCount).toBeGreaterThan(1);
    for (const { properties } of stage.parts("AWS::SQS::Queue", Queue, "Votes")) {
      expect(properties.MessageRetentionPeriod).toBe(FOURTEEN_DAYS_S);
    }
  });

  it("waiting ballots are encrypted with a key of the account's own, rotated every year", () => {
    for (const { properties } of stage.parts("AWS::SQS::Queue", Queue, "Votes")) {
      expect(stage.read(properties.KmsMasterKeyId)).toBe("VotesEncryption.Arn");
    }
    const Key = z.object({ EnableKeyRotation: z.literal(true) });
    const ofBallots = stage.parts("AWS::KMS::Key", Key).filter(({ id }) => !id.includes("AlarmsTold"));
    expect(ofBallots.filter(({ id }) => /^(?:Ballots|Votes)Encryption/.test(id)).map(({ kept }) => kept)).toEqual([
      true,
      true,
    ]);
  });

  it("no queue accepts a request without TLS", () => {
    const Denial = z.object({
      Effect: z.literal("Deny"),
      Action: z.literal("sqs:*"),
      Principal: z.object({ AWS: z.literal("*") }),
      Condition: z.object({ Bool: z.object({ "aws:SecureTransport": z.literal("false") }) }),
      Resource: z.unknown(),
    });
    const QueuePolicy = z.object({ PolicyDocument: z.object({ Statement: z.tuple([Denial]) }) });
    const guarded = stage
      .parts("AWS::SQS::QueuePolicy", QueuePolicy)
      .map(({ properties }) => stage.read(properties.PolicyDocument.Statement[0].Resource));
    expect(guarded.sort()).toEqual([
      "OfficeWorkDeadLetters.Arn",
      "OfficeWorkQueue.Arn",
      "VotesDeadLetters.Arn",
      "VotesQueue.Arn",
    ]);
  });

  it("a message fails without the rest of its batch", () => {
    expect(stage.mappingTo("validate")).toMatchObject({
      source: "VotesQueue.Arn",
      FunctionResponseTypes: ["ReportBatchItemFailures"],
    });
  });

  it("makes no voter wait for a batch to fill: with a window Lambda may hold a single vote for 20 s", () => {
    expect(stage.mappingTo("validate").MaximumBatchingWindowInSeconds ?? 0).toBe(0);
  });
});

describe("the queue of the office's jobs", () => {
  const Queue = z.object({ VisibilityTimeout: z.number(), RedrivePolicy: z.object({ maxReceiveCount: z.number() }) });

  it("a message stays hidden six times the timeout of office-work, which is Lambda's longest", () => {
    const { Timeout } = stage.function("office-work").properties;
    expect(Timeout).toBe(900);
    const { VisibilityTimeout, RedrivePolicy } = stage.part("AWS::SQS::Queue", "OfficeWorkQueue", Queue).properties;
    expect(VisibilityTimeout).toBeGreaterThanOrEqual(6 * Timeout);
    expect(RedrivePolicy.maxReceiveCount).toBeGreaterThan(1);
    expect(stage.mappingTo("office-work")).toMatchObject({ source: "OfficeWorkQueue.Arn" });
  });
});

describe("the stream of stored votes", () => {
  it("delivers every new ballot from the first on, with its content", () => {
    expect(stage.mappingTo("tally")).toMatchObject({ source: "Votes.StreamArn", StartingPosition: "TRIM_HORIZON" });
    const Streamed = z.object({ StreamSpecification: z.object({ StreamViewType: z.string() }).optional() });
    const streams = stage
      .parts("AWS::DynamoDB::GlobalTable", Streamed)
      .flatMap(({ properties }) => properties.StreamSpecification ?? []);
    expect(streams).toEqual([{ StreamViewType: "NEW_IMAGE" }]);
  });

  it("is counted shard by shard in order: one batch at a time, never bisected", () => {
    expect(stage.mappingTo("tally")).toMatchObject({ ParallelizationFactor: 1, BisectBatchOnFunctionError: false });
  });

  it("waits at most two seconds for a batch to fill", () => {
    expect(stage.mappingTo("tally").MaximumBatchingWindowInSeconds).toBe(2);
  });

  it("is counted in windows, from which tally learns its shard", () => {
    expect(stage.mappingTo("tally").TumblingWindowInSeconds).toBeGreaterThan(0);
  });

  it("skips no ballot: failures are redelivered until they are counted", () => {
    // AWS's default for both is -1, for ever.
    const { MaximumRetryAttempts = -1, MaximumRecordAgeInSeconds = -1 } = stage.mappingTo("tally");
    expect([MaximumRetryAttempts, MaximumRecordAgeInSeconds]).toEqual([-1, -1]);
  });
});

describe("safekeeping", () => {
  const Table = z.object({
    Replicas: z.tuple([
      z.object({
        DeletionProtectionEnabled: z.boolean(),
        PointInTimeRecoverySpecification: z.object({ PointInTimeRecoveryEnabled: z.boolean() }),
      }),
    ]),
  });
  const tablesOf = (of: Stage) => of.parts("AWS::DynamoDB::GlobalTable", Table);

  it("every table can be restored to any second, and outlives its stack", () => {
    for (const { kept, properties } of tablesOf(stage)) {
      const [{ DeletionProtectionEnabled, PointInTimeRecoverySpecification }] = properties.Replicas;
      expect([kept, DeletionProtectionEnabled, PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled]).toEqual([
        true,
        true,
        true,
      ]);
    }
  });

  it("a rehearsal leaves nothing behind", () => {
    const kept = tablesOf(rehearsal).filter(({ properties }) => properties.Replicas[0].DeletionProtectionEnabled);
    expect(kept).toEqual([]);
    expect(rehearsal.all().filter((part) => part.kept)).toEqual([]);
  });

  it("a failed first deployment leaves nothing behind but empty tables, whose names are AWS's choice", () => {
    const left = stage.all().filter((part) => part.staysAfterFailedCreation);
    expect(new Set(left.map(({ type }) => type))).toEqual(new Set(["AWS::DynamoDB::GlobalTable"]));
    expect(left.filter(({ properties }) => properties.TableName !== undefined)).toEqual([]);
  });
});

import { execFile } from "node:child_process";
import { cp, readFile, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as z from "zod";
import { DocsEnv } from "#functions/docs/env.ts";
import { ElectionsEnv } from "#functions/elections/env.ts";
import { HealthEnv } from "#functions/health/env.ts";
import { ResultsEnv } from "#functions/results/env.ts";
import { readEnvironment } from "#functions/shared/environment.ts";
import { StatusEnv } from "#functions/status/env.ts";
import { SubmitEnv } from "#functions/submit/env.ts";
import { TallyEnv } from "#functions/tally/env.ts";
import { ValidateEnv } from "#functions/validate/env.ts";
import { type Stage, synthesizedStage } from "#test/infra/stage.ts";

/** The variables each function declares; a function added to functions/ must be added here. */
const ENVIRONMENTS = {
  docs: DocsEnv,
  elections: ElectionsEnv,
  health: HealthEnv,
  results: ResultsEnv,
  status: StatusEnv,
  submit: SubmitEnv,
  tally: TallyEnv,
  validate: ValidateEnv,
} as const;
const NAMES = Object.keys(ENVIRONMENTS);

const MAX_BUNDLE_BYTES = 400_000;
const FOURTEEN_DAYS_S = 14 * 24 * 3600;

let stage: Stage;
let rehearsal: Stage;
beforeAll(async () => {
  stage = await synthesizedStage("rules");
  rehearsal = await synthesizedStage("rehearsal", { retainData: false });
});
afterAll(() =>
  Promise.all([stage, rehearsal].map(({ assetFolder }) => rm(assetFolder, { recursive: true, force: true }))),
);

/** The variables a function gets, references by name; a queue's reference is its URL. */
function variablesOf(name: string): Record<string, string> {
  const { Variables } = stage.function(name).properties.Environment;
  return Object.fromEntries(
    Object.entries(Variables).map(([variable, value]) => [
      variable,
      variable.endsWith("_URL") ? `https://sqs.invalid/${stage.read(value)}` : stage.read(value),
    ]),
  );
}

const secret = (name: string): string =>
  `secretsmanager:GetSecretValue on arn:AWS::Partition:secretsmanager:ca-central-1:AWS::AccountId:secret:scrutin/rules/${name}`;

describe("rights", () => {
  /** Everything each function may do, apart from writing its log. */
  const RIGHTS: Readonly<Record<string, readonly string[]>> = {
    docs: [],
    elections: ["dynamodb:GetItem on Elections.Arn", "dynamodb:Scan on Elections.Arn"],
    health: [
      ...["Elections", "Review", "Roll", "Tallies", "Votes"].map((table) => `dynamodb:DescribeTable on ${table}.Arn`),
      "sqs:GetQueueAttributes on VotesDeadLetters.Arn",
      "sqs:GetQueueAttributes on VotesQueue.Arn",
    ],
    results: ["dynamodb:GetItem on Elections.Arn", "dynamodb:Query on Tallies.Arn", "dynamodb:Scan on Elections.Arn"],
    status: ["dynamodb:GetItem on Votes.Arn", "dynamodb:Query on Review.Arn", secret("receipt-key-??????")],
    submit: [
      "dynamodb:GetItem on Elections.Arn",
      secret("pepper/*"),
      secret("receipt-key-??????"),
      "sqs:SendMessage on VotesQueue.Arn",
    ],
    tally: [
      "dynamodb:DescribeStream on Votes.StreamArn",
      "dynamodb:GetItem on Elections.Arn",
      "dynamodb:GetRecords on Votes.StreamArn",
      "dynamodb:GetShardIterator on Votes.StreamArn",
      "dynamodb:ListStreams on Votes.StreamArn",
      "dynamodb:UpdateItem on Tallies.Arn",
      secret("ballot-key/*"),
    ],
    validate: [
      "dynamodb:BatchGetItem on Roll.Arn",
      "dynamodb:PutItem on Votes.Arn",
      "dynamodb:UpdateItem on Review.Arn",
      ...["ChangeMessageVisibility", "DeleteMessage", "GetQueueAttributes", "GetQueueUrl", "ReceiveMessage"].map(
        (action) => `sqs:${action} on VotesQueue.Arn`,
      ),
    ],
  };
  const isLogging = (right: string): boolean => right.startsWith("logs:");

  it.each(NAMES)("%s may do exactly what its part in a vote asks", (name) => {
    expect(stage.rightsOf(name).filter((right) => !isLogging(right))).toEqual(RIGHTS[name]);
  });

  it("only tally may read the keys that open ballots, only submit the peppers that hide voters", () => {
    const readersOf = (kind: string): string[] =>
      NAMES.filter((name) => stage.rightsOf(name).some((right) => right.includes(`/${kind}/`)));
    expect(readersOf("ballot-key")).toEqual(["tally"]);
    expect(readersOf("pepper")).toEqual(["submit"]);
  });

  it("no right reaches beyond what it names: the one wildcard is the election's id after a secret's prefix", () => {
    const wild = NAMES.flatMap((name) => stage.rightsOf(name)).filter((right) => right.includes("*"));
    expect(new Set(wild)).toEqual(new Set([secret("ballot-key/*"), secret("pepper/*")]));
  });

  it("each function has a role of its own", () => {
    const roles = NAMES.map((name) => stage.function(name).properties.Role["Fn::GetAtt"][0]);
    expect(new Set(roles).size).toBe(NAMES.length);
  });
});

describe("functions", () => {
  it("every function that infra deploys has declared its variables, and the other way round", () => {
    expect([...stage.functions().keys()].sort()).toEqual(NAMES);
  });

  it.each(Object.entries(ENVIRONMENTS))("%s gets every variable it declares", (name, schema) => {
    expect(readEnvironment(schema, variablesOf(name))).toMatchObject({ POWERTOOLS_SERVICE_NAME: name });
  });

  it.each(NAMES)("%s runs on arm64 and Node 24, and keeps its log no longer than is said", (name) => {
    const { Architectures, Runtime, LoggingConfig } = stage.function(name).properties;
    expect({ Architectures, Runtime }).toEqual({ Architectures: ["arm64"], Runtime: "nodejs24.x" });
    const log = stage.read(LoggingConfig.LogGroup);
    const { properties } = stage.part("AWS::Logs::LogGroup", log, z.object({ RetentionInDays: z.number() }));
    expect(properties.RetentionInDays).toBe(90);
  });

  it.each(NAMES)(
    `the bundle of %s takes at most ${MAX_BUNDLE_BYTES / 1000} kB and has its source map beside it`,
    async (name) => {
      const bundle = stage.bundleOf(name);
      expect((await stat(join(bundle, "index.mjs"))).size).toBeLessThanOrEqual(MAX_BUNDLE_BYTES);
      expect(await readFile(join(bundle, "index.mjs"), "utf8")).toContain("sourceMappingURL=index.mjs.map");
      await stat(join(bundle, "index.mjs.map"));
    },
  );

  it("every bundle starts by itself, away from the repository and its packages", async () => {
    const load = async (name: string): Promise<string> => {
      const away = join(stage.assetFolder, "away", name);
      await cp(stage.bundleOf(name), away, { recursive: true });
      const env = { ...variablesOf(name), AWS_REGION: "ca-central-1" };
      const script = `const { handler } = await import(${JSON.stringify(join(away, "index.mjs"))}); process.stdout.write(typeof handler);`;
      const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "-e", script], { env });
      return stdout;
    };
    expect(await Promise.all(NAMES.map(load))).toEqual(NAMES.map(() => "function"));
  });
});

describe("the queue of votes", () => {
  const Queue = z.object({
    VisibilityTimeout: z.number().optional(),
    MessageRetentionPeriod: z.number(),
    SqsManagedSseEnabled: z.literal(true),
    RedrivePolicy: z.object({ deadLetterTargetArn: z.unknown(), maxReceiveCount: z.number() }).optional(),
  });
  const votes = () => stage.part("AWS::SQS::Queue", "VotesQueue", Queue).properties;

  it("a message stays hidden six times as long as a validation may take", () => {
    expect(votes().VisibilityTimeout).toBeGreaterThanOrEqual(6 * stage.function("validate").properties.Timeout);
  });

  it("a message that cannot be decided goes to the dead letters, and both keep it for 14 days", () => {
    expect(stage.read(votes().RedrivePolicy?.deadLetterTargetArn)).toBe("VotesDeadLetters.Arn");
    expect(votes().RedrivePolicy?.maxReceiveCount).toBeGreaterThan(1);
    for (const { properties } of stage.parts("AWS::SQS::Queue", Queue)) {
      expect(properties.MessageRetentionPeriod).toBe(FOURTEEN_DAYS_S);
    }
  });

  it("nobody reaches either queue without TLS", () => {
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
    expect(guarded.sort()).toEqual(["VotesDeadLetters.Arn", "VotesQueue.Arn"]);
  });

  it("a message of a batch fails alone", () => {
    expect(stage.mappingTo("validate")).toMatchObject({
      source: "VotesQueue.Arn",
      FunctionResponseTypes: ["ReportBatchItemFailures"],
    });
  });
});

describe("the stream of stored votes", () => {
  it("brings every new ballot from the first on, with what it holds", () => {
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

  it("is counted in windows, which is how a count learns its shard", () => {
    expect(stage.mappingTo("tally").TumblingWindowInSeconds).toBeGreaterThan(0);
  });

  it("skips no ballot: what fails is delivered again until it is counted", () => {
    // AWS's own default for both is -1, without end.
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

  it("every table can be put back to any second, and outlives its stack", () => {
    for (const { kept, properties } of tablesOf(stage)) {
      const [{ DeletionProtectionEnabled, PointInTimeRecoverySpecification }] = properties.Replicas;
      expect([kept, DeletionProtectionEnabled, PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled]).toEqual([
        true,
        true,
        true,
      ]);
    }
  });

  it("the receipt key outlives its stack: voters ask about their ballots with it", () => {
    expect(stage.parts("AWS::SecretsManager::Secret", z.object({})).map(({ kept }) => kept)).toEqual([true]);
  });

  it("a rehearsal leaves nothing behind", () => {
    const kept = tablesOf(rehearsal).filter(
      ({ kept, properties }) => kept || properties.Replicas[0].DeletionProtectionEnabled,
    );
    expect(kept).toEqual([]);
  });
});

describe("the API", () => {
  it("leads each documented request, and no other, to a function beside docs", async () => {
    const OpenApi = z.object({ paths: z.record(z.string(), z.record(z.string(), z.unknown())) });
    const file = await readFile(new URL("../../functions/docs/openapi.json", import.meta.url), "utf8");
    const documented = Object.entries(OpenApi.parse(JSON.parse(file)).paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    const routes = stage.routes();
    const toDocs = [...routes].filter(([, name]) => name === "docs").map(([route]) => route);
    expect([...routes.keys()].filter((route) => !toDocs.includes(route)).sort()).toEqual(documented.sort());
  });

  it("a function that a route leads to may be called by the API", () => {
    const Permission = z.object({ FunctionName: z.unknown(), Principal: z.literal("apigateway.amazonaws.com") });
    const callable = stage
      .parts("AWS::Lambda::Permission", Permission)
      .map(({ properties }) => stage.read(properties.FunctionName));
    for (const name of stage.routes().values()) expect(callable).toContain(`${name}Function.Arn`);
  });

  it("takes requests at the rate that was set", () => {
    const { DefaultRouteSettings } = stage.part(
      "AWS::ApiGatewayV2::Stage",
      "Api",
      z.object({ DefaultRouteSettings: z.unknown() }),
    ).properties;
    expect(DefaultRouteSettings).toEqual({ ThrottlingRateLimit: 2000, ThrottlingBurstLimit: 4000 });
  });
});

describe("alarms", () => {
  const AlarmProperties = z.object({
    MetricName: z.string(),
    AlarmDescription: z.string().regex(/^[A-Z].{40,}\.$/),
    ComparisonOperator: z.string(),
    Threshold: z.number(),
  });
  const alarms = () =>
    new Map(
      stage
        .parts("AWS::CloudWatch::Alarm", AlarmProperties)
        .map(({ properties }) => [properties.MetricName, properties]),
    );

  it("ring for dead letters, a waiting queue and a late count, and say what the voter loses", () => {
    expect([...alarms().keys()].sort()).toEqual([
      "ApproximateAgeOfOldestMessage",
      "ApproximateNumberOfMessagesVisible",
      "IteratorAge",
    ]);
  });

  it("a single dead letter rings", () => {
    const { ComparisonOperator, Threshold } = alarms().get("ApproximateNumberOfMessagesVisible") ?? {};
    expect([`GreaterThanThreshold 0`, `GreaterThanOrEqualToThreshold 1`]).toContain(
      `${ComparisonOperator} ${Threshold}`,
    );
  });
});

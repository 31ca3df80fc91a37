import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, Validations } from "aws-cdk-lib";
import { AwsSolutionsChecks } from "cdk-nag";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readConfig } from "#infra/config.ts";
import { addStacks } from "#infra/synthesize.ts";
import { type Stage, synthesizedStage } from "#test/infra/stage.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await synthesizedStage("rules");
});
afterAll(() => stage.remove());

const secret = (name: string, action = "GetSecretValue"): string =>
  `secretsmanager:${action} on arn:AWS::Partition:secretsmanager:ca-central-1:AWS::AccountId:secret:scrutin/rules/${name}`;

describe("rights", () => {
  /** Everything each function may do, apart from writing its log. */
  const RIGHTS: Readonly<Record<string, readonly string[]>> = {
    "apply-elections": [
      "dynamodb:GetItem on Elections.Arn",
      "dynamodb:PutItem on Elections.Arn",
      "dynamodb:UpdateItem on Elections.Arn",
      secret("ballot-key/*", "CreateSecret"),
      secret("pepper/*", "CreateSecret"),
      secret("ballot-key/*", "DescribeSecret"),
      secret("pepper/*", "DescribeSecret"),
    ],
    board: ["dynamodb:Query on Board.Arn", "dynamodb:Scan on Elections.Arn"],
    docs: [],
    elections: ["dynamodb:GetItem on Elections.Arn", "dynamodb:Scan on Elections.Arn"],
    health: [
      ...["Board", "Elections", "Review", "Roll", "Tallies", "Votes"].map(
        (table) => `dynamodb:DescribeTable on ${table}.Arn`,
      ),
      "sqs:GetQueueAttributes on VotesDeadLetters.Arn",
      "sqs:GetQueueAttributes on VotesQueue.Arn",
    ],
    results: [
      "dynamodb:GetItem on Elections.Arn",
      "dynamodb:GetItem on Votes.Arn",
      "dynamodb:Query on Tallies.Arn",
      "dynamodb:Scan on Elections.Arn",
      secret("receipt-key-??????"),
    ],
    status: ["dynamodb:GetItem on Votes.Arn", "dynamodb:Query on Review.Arn", secret("receipt-key-??????")],
    submit: [
      "dynamodb:GetItem on Elections.Arn",
      "dynamodb:Query on Guesses.Arn",
      "dynamodb:UpdateItem on Guesses.Arn",
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
      "dynamodb:PutItem on Board.Arn",
      "dynamodb:UpdateItem on Tallies.Arn",
      secret("ballot-key/*"),
    ],
    validate: [
      "dynamodb:BatchGetItem on Roll.Arn",
      "dynamodb:PutItem on Votes.Arn",
      "dynamodb:UpdateItem on Guesses.Arn",
      "dynamodb:UpdateItem on Review.Arn",
      ...["ChangeMessageVisibility", "DeleteMessage", "GetQueueAttributes", "GetQueueUrl", "ReceiveMessage"].map(
        (action) => `sqs:${action} on VotesQueue.Arn`,
      ),
    ],
  };
  const NAMES = Object.keys(RIGHTS);
  const isLogging = (right: string): boolean => right.startsWith("logs:");

  it.each(NAMES)("%s writes its own log and no other, by no rights but those we gave", (name) => {
    const log = stage.read(stage.function(name).properties.LoggingConfig.LogGroup);
    expect(stage.rightsOf(name).filter(isLogging)).toEqual([
      `logs:CreateLogStream on ${log}.Arn`,
      `logs:PutLogEvents on ${log}.Arn`,
    ]);
    expect(stage.managedPoliciesOf(name)).toEqual([]);
  });

  it("covers every function", () => {
    expect([...stage.functions().keys()].sort()).toEqual(NAMES);
  });

  it.each(NAMES)("%s may do exactly what its part in a vote asks", (name) => {
    expect(stage.rightsOf(name).filter((right) => !isLogging(right))).toEqual(RIGHTS[name]);
  });

  it("only tally may read the keys that open ballots, only submit the peppers that hide voters", () => {
    const readersOf = (kind: string): string[] =>
      NAMES.filter((name) => stage.rightsOf(name).includes(secret(`${kind}/*`)));
    expect(readersOf("ballot-key")).toEqual(["tally"]);
    expect(readersOf("pepper")).toEqual(["submit"]);
  });

  it("no right reaches beyond what it names: the one wildcard is the election's id after a secret's prefix", () => {
    const wild = NAMES.flatMap((name) => stage.rightsOf(name)).filter((right) => right.includes("*"));
    const actions = ["GetSecretValue", "CreateSecret", "DescribeSecret"];
    const known = actions.flatMap((action) => [secret("ballot-key/*", action), secret("pepper/*", action)]);
    expect(known).toEqual(expect.arrayContaining(wild));
  });

  it("each function has a role of its own", () => {
    const roles = NAMES.map((name) => stage.function(name).properties.Role["Fn::GetAtt"][0]);
    expect(new Set(roles).size).toBe(NAMES.length);
  });
});

describe("AWS's own rules", () => {
  it("are kept, or infra says beside the part why one does not apply", async () => {
    const outdir = await mkdtemp(join(tmpdir(), "scrutin-rules-"));
    const app = new App({ analyticsReporting: false, outdir });
    await addStacks(app, readConfig("rules"));
    Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
    try {
      expect(() => app.synth()).not.toThrow();
    } finally {
      await rm(outdir, { recursive: true, force: true });
    }
  });
});

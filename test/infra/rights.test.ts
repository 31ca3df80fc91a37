import { beforeAll, describe, expect, it } from "vitest";
import { sharedStage } from "#test/infra/shared-stages.ts";
import type { Stage } from "#test/infra/stage.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await sharedStage("rules");
});

const secret = (name: string, action = "GetSecretValue"): string =>
  `secretsmanager:${action} on arn:AWS::Partition:secretsmanager:ca-central-1:AWS::AccountId:secret:scrutin/rules/${name}`;
/** What every function behind the API needs to recognize CloudFront. */
const ORIGIN_KEYS = secret("origin-keys-??????");
const onKey = (key: string, service: string, ...actions: readonly string[]): readonly string[] =>
  actions.map((action) => `kms:${action} on ${key}.Arn through ${service}`);
const readsKey = (key: string): readonly string[] => onKey(key, "secretsmanager", "Decrypt");
const makesKey = (key: string): readonly string[] => onKey(key, "secretsmanager", "Decrypt", "GenerateDataKey");
/** Deleting takes the same use of the key. */
const WRITES_BALLOTS = onKey(
  "BallotsEncryption",
  "dynamodb",
  "Decrypt",
  "DescribeKey",
  "Encrypt",
  "GenerateDataKey",
  "GenerateDataKeyWithoutPlaintext",
  "ReEncryptFrom",
  "ReEncryptTo",
);
const READS_BALLOTS = onKey("BallotsEncryption", "dynamodb", "Decrypt", "DescribeKey");

describe("rights", () => {
  /** Everything that each function may do, apart from logs and traces. */
  const RIGHTS: Readonly<Record<string, readonly string[]>> = {
    "apply-elections": [
      ...makesKey("AcknowledgementKeyEncryption"),
      ...makesKey("BallotKeyEncryption"),
      ...makesKey("PepperEncryption"),
      ...makesKey("ReceiptKeyEncryption"),
      ...makesKey("StampKeyEncryption"),
      // Of its own stack: whether it goes back.
      "cloudformation:DescribeStacks on AWS::StackId",
      "dynamodb:GetItem on Elections.Arn",
      "dynamodb:PutItem on Biographies.Arn",
      "dynamodb:PutItem on Elections.Arn",
      "dynamodb:Scan on Elections.Arn",
      "dynamodb:UpdateItem on Elections.Arn",
      ...["acknowledgement-key/*", "ballot-key/*", "pepper/*", "receipt-key/*", "stamp-key/*"].flatMap((kind) => [
        secret(kind, "CreateSecret"),
        secret(kind, "DescribeSecret"),
      ]),
    ],
    board: ["dynamodb:Query on Board.Arn", "dynamodb:Scan on Elections.Arn", ORIGIN_KEYS],
    docs: [ORIGIN_KEYS],
    elections: [
      "dynamodb:GetItem on Biographies.Arn",
      "dynamodb:GetItem on Elections.Arn",
      "dynamodb:Query on Biographies.Arn",
      "dynamodb:Scan on Elections.Arn",
      ORIGIN_KEYS,
    ],
    // Of results what everybody may see: no ballot, and no key of a receipt.
    embed: [
      "dynamodb:GetItem on Elections.Arn",
      ...["DeleteItem", "GetItem", "PutItem"].map((action) => `dynamodb:${action} on Published.Arn`),
      "dynamodb:Query on Tallies.Arn",
      "dynamodb:Scan on Elections.Arn",
      ORIGIN_KEYS,
    ],
    health: [
      ...["Board", "Elections", "RejectedAttempts", "Roll", "Tallies", "Votes"].map(
        (table) => `dynamodb:DescribeTable on ${table}.Arn`,
      ),
      ORIGIN_KEYS,
      "sqs:GetQueueAttributes on VotesDeadLetters.Arn",
      "sqs:GetQueueAttributes on VotesQueue.Arn",
    ],
    "system-status": [
      "cloudwatch:GetMetricData on *",
      ...["Board", "Elections", "RejectedAttempts", "Roll", "Tallies", "Votes"].map(
        (table) => `dynamodb:DescribeTable on ${table}.Arn`,
      ),
      "dynamodb:GetItem on Published.Arn",
      "dynamodb:Query on Tallies.Arn",
      "dynamodb:Scan on Elections.Arn",
      ORIGIN_KEYS,
      "sqs:GetQueueAttributes on VotesDeadLetters.Arn",
      "sqs:GetQueueAttributes on VotesQueue.Arn",
    ],
    // No pepper and no key of a ballot: those that were set aside, which it may send again, are sealed to it.
    office: [
      ...["DescribeAlarms", "GetMetricData"].map((action) => `cloudwatch:${action} on *`),
      ...makesKey("BallotKeyEncryption"),
      ...makesKey("PepperEncryption"),
      ...makesKey("ReceiptKeyEncryption"),
      ...makesKey("StampKeyEncryption"),
      "dynamodb:PutItem on Biographies.Arn",
      ...["ballot-key/*", "pepper/*", "receipt-key/*", "stamp-key/*"].flatMap((kind) => [
        secret(kind, "CreateSecret"),
        secret(kind, "DescribeSecret"),
      ]),
      ...["GetItem", "PutItem", "Query", "Scan", "UpdateItem"].map((action) => `dynamodb:${action} on Elections.Arn`),
      ...["DeleteItem", "GetItem", "PutItem", "Query", "UpdateItem"].map(
        (action) => `dynamodb:${action} on Office.Arn`,
      ),
      ...["PartiQLInsert", "Query", "Scan"].map((action) => `dynamodb:${action} on Audit.Arn`),
      "dynamodb:GetItem on Published.Arn",
      ...["Biographies", "RejectedAttempts", "Tallies"].map((table) => `dynamodb:Query on ${table}.Arn`),
      ...readsKey("SigningKeyEncryption"),
      ...onKey("VotesEncryption", "sqs", "Decrypt", "GenerateDataKey"),
      "s3:GetObject on CertifiedBucket.Arn/kept/*",
      ORIGIN_KEYS,
      secret("signing-key/*"),
      ...[
        ...["ChangeMessageVisibility", "DeleteMessage", "GetQueueAttributes", "ListMessageMoveTasks"],
        ...["ReceiveMessage", "StartMessageMoveTask"],
      ].map((action) => `sqs:${action} on VotesDeadLetters.Arn`),
      ...["GetQueueAttributes", "SendMessage"].map((action) => `sqs:${action} on VotesQueue.Arn`),
      "sqs:SendMessage on OfficeWorkQueue.Arn",
    ],
    // Opens ballots and signs for them. Reads no pepper and puts no ballot into the box; what it deletes is an election for rehearsal.
    "office-work": [
      "cloudwatch:GetMetricData on *",
      ...readsKey("BallotKeyEncryption"),
      ...makesKey("SigningKeyEncryption"),
      ...readsKey("StampKeyEncryption"),
      "kms:Decrypt on VotesEncryption.Arn through sqs",
      ...WRITES_BALLOTS,
      ...Object.entries({
        Biographies: ["DeleteItem", "Query", "Scan"],
        Board: ["DeleteItem", "PutItem", "Scan"],
        Elections: ["DeleteItem", "GetItem", "PutItem", "Scan", "UpdateItem"],
        Office: ["DeleteItem", "GetItem", "UpdateItem"],
        Published: ["DeleteItem", "Scan"],
        RejectedAttempts: ["DeleteItem", "Query", "Scan"],
        Roll: ["BatchGetItem", "DeleteItem", "Scan"],
        Tallies: ["DeleteItem", "PutItem", "Query", "Scan", "UpdateItem"],
        Votes: ["DeleteItem", "Scan"],
      }).flatMap(([table, actions]) => actions.map((action) => `dynamodb:${action} on ${table}.Arn`)),
      ...["kept", "public"].flatMap((prefix) =>
        ["DeleteObject", "GetObject", "PutObject"].map((action) => `s3:${action} on CertifiedBucket.Arn/${prefix}/*`),
      ),
      "s3:ListBucket on CertifiedBucket.Arn",
      ...["CreateSecret", "DescribeSecret", "GetSecretValue"].map((action) => secret("signing-key/*", action)),
      ...["ballot-key/*", "stamp-key/*"].map((kind) => secret(kind)),
      ...["DeleteSecret", "DescribeSecret"].map((action) => secret("pepper/*", action)),
      secret("receipt-key/*", "DeleteSecret"),
      ...["acknowledgement-key", "ballot-key", "signing-key", "stamp-key"].map(
        (kind) => `${secret(`${kind}/*`, "DeleteSecret")} with 7 days to restore`,
      ),
      ...["ChangeMessageVisibility", "GetQueueAttributes", "ReceiveMessage"].map(
        (action) => `sqs:${action} on VotesDeadLetters.Arn`,
      ),
      "sqs:GetQueueAttributes on VotesQueue.Arn",
      ...["ChangeMessageVisibility", "DeleteMessage", "GetQueueAttributes", "GetQueueUrl", "ReceiveMessage"].map(
        (action) => `sqs:${action} on OfficeWorkQueue.Arn`,
      ),
    ],
    // Reads peppers to hash voters, and writes to the box only marks of codes that were struck off: it can read no ballot.
    "office-roll": [
      ...readsKey("PepperEncryption"),
      ...readsKey("StampKeyEncryption"),
      ...makesKey("SigningKeyEncryption"),
      ...["GetItem", "PutItem", "Scan", "UpdateItem"].map((action) => `dynamodb:${action} on Elections.Arn`),
      ...["BatchGetItem", "BatchWriteItem", "PutItem", "Scan", "UpdateItem"].map(
        (action) => `dynamodb:${action} on Roll.Arn`,
      ),
      "dynamodb:PutItem on Votes.Arn",
      // A right to write takes the use of the key that reading takes.
      ...onKey(
        "BallotsEncryption",
        "dynamodb",
        ...["Decrypt", "DescribeKey", "Encrypt", "GenerateDataKey", "GenerateDataKeyWithoutPlaintext"],
        ...["ReEncryptFrom", "ReEncryptTo"],
      ),
      ...["DeleteItem", "GetItem", "PutItem", "Query", "UpdateItem"].map(
        (action) => `dynamodb:${action} on Office.Arn`,
      ),
      "dynamodb:PartiQLInsert on Audit.Arn",
      ORIGIN_KEYS,
      secret("pepper/*"),
      secret("stamp-key/*"),
      ...["CreateSecret", "DescribeSecret", "GetSecretValue"].map((action) => secret("signing-key/*", action)),
    ],
    "origin-keys": [
      "cloudformation:DescribeStacks on arn:AWS::Partition:cloudformation:ca-central-1:AWS::AccountId:stack/scrutin-rules-voting/*",
      ORIGIN_KEYS,
      secret("origin-keys-??????", "PutSecretValue"),
    ],
    // Reads ballots and the key that opens them, but may write nothing.
    recount: [
      ...readsKey("BallotKeyEncryption"),
      ...readsKey("StampKeyEncryption"),
      "dynamodb:Query on Tallies.Arn",
      "dynamodb:Scan on Elections.Arn",
      "dynamodb:Scan on Votes.Arn",
      "kms:Decrypt on BallotsEncryption.Arn through dynamodb",
      "kms:DescribeKey on BallotsEncryption.Arn through dynamodb",
      secret("ballot-key/*"),
      secret("stamp-key/*"),
    ],
    results: [
      ...readsKey("ReceiptKeyEncryption"),
      "dynamodb:GetItem on Elections.Arn",
      "dynamodb:GetItem on Votes.Arn",
      ...["DeleteItem", "GetItem", "PutItem"].map((action) => `dynamodb:${action} on Published.Arn`),
      "dynamodb:Query on Tallies.Arn",
      "dynamodb:Scan on Elections.Arn",
      ...READS_BALLOTS,
      ORIGIN_KEYS,
      secret("receipt-key/*"),
    ],
    // Reads the roll and the signing keys, and writes openings: no election's key, and no roll.
    "state-opening": [
      ...makesKey("SigningKeyEncryption"),
      "dynamodb:GetItem on Elections.Arn",
      "dynamodb:PutItem on Elections.Arn at *#*",
      "dynamodb:Scan on Elections.Arn",
      "dynamodb:Scan on Roll.Arn",
      "dynamodb:UpdateItem on Elections.Arn to electionId, definition, opening, openingChanges, stateChanges, rollImports, importsBegun",
      ...["CreateSecret", "DescribeSecret", "GetSecretValue"].map((action) => secret("signing-key/*", action)),
    ],
    "vote-status": [
      ...readsKey("ReceiptKeyEncryption"),
      "dynamodb:GetItem on Elections.Arn",
      "dynamodb:GetItem on Votes.Arn",
      "dynamodb:Query on RejectedAttempts.Arn",
      ...READS_BALLOTS,
      ORIGIN_KEYS,
      secret("receipt-key/*"),
    ],
    submit: [
      ...readsKey("AcknowledgementKeyEncryption"),
      ...readsKey("PepperEncryption"),
      ...readsKey("ReceiptKeyEncryption"),
      ...readsKey("StampKeyEncryption"),
      "dynamodb:GetItem on Elections.Arn",
      "dynamodb:GetItem on Guesses.Arn",
      "dynamodb:Query on Guesses.Arn",
      "dynamodb:UpdateItem on Guesses.Arn",
      ...onKey("VotesEncryption", "sqs", "Decrypt", "GenerateDataKey"),
      ORIGIN_KEYS,
      secret("acknowledgement-key/*"),
      secret("pepper/*"),
      secret("stamp-key/*"),
      secret("receipt-key/*"),
      "sqs:SendMessage on VotesQueue.Arn",
    ],
    tally: [
      ...readsKey("BallotKeyEncryption"),
      ...readsKey("StampKeyEncryption"),
      "dynamodb:DescribeStream on Votes.StreamArn",
      "dynamodb:GetItem on Elections.Arn",
      "dynamodb:GetRecords on Votes.StreamArn",
      "dynamodb:GetShardIterator on Votes.StreamArn",
      "dynamodb:ListStreams on Votes.StreamArn",
      "dynamodb:PutItem on Board.Arn",
      "dynamodb:UpdateItem on Tallies.Arn",
      "kms:Decrypt on BallotsEncryption.Arn",
      "kms:DescribeKey on BallotsEncryption.Arn",
      secret("ballot-key/*"),
      secret("stamp-key/*"),
    ],
    validate: [
      "dynamodb:BatchGetItem on Roll.Arn",
      "dynamodb:BatchGetItem on Votes.Arn",
      "dynamodb:PartiQLInsert on Votes.Arn",
      "dynamodb:UpdateItem on Guesses.Arn",
      "dynamodb:UpdateItem on RejectedAttempts.Arn",
      ...WRITES_BALLOTS,
      "kms:Decrypt on VotesEncryption.Arn",
      ...["ChangeMessageVisibility", "DeleteMessage", "GetQueueAttributes", "GetQueueUrl", "ReceiveMessage"].map(
        (action) => `sqs:${action} on VotesQueue.Arn`,
      ),
    ],
  };
  const NAMES = Object.keys(RIGHTS).sort();
  const isLogging = (right: string): boolean => right.startsWith("logs:");
  const TRACING = ["xray:PutTelemetryRecords on *", "xray:PutTraceSegments on *"];
  const isTracing = (right: string): boolean => TRACING.includes(right);

  it.each(NAMES)("%s may write traces and its own log, and has no policies that AWS wrote", (name) => {
    const log = stage.read(stage.function(name).properties.LoggingConfig.LogGroup);
    expect(stage.rightsOf(name).filter(isLogging)).toEqual([
      `logs:CreateLogStream on ${log}.Arn`,
      `logs:PutLogEvents on ${log}.Arn`,
    ]);
    expect(stage.rightsOf(name).filter(isTracing)).toEqual(TRACING);
    expect(stage.managedPoliciesOf(name)).toEqual([]);
  });

  it("covers every function", () => {
    expect([...stage.functions().keys()].sort()).toEqual(NAMES);
  });

  it.each(NAMES)("%s may do exactly what is listed", (name) => {
    const rights = stage.rightsOf(name).filter((right) => !isLogging(right) && !isTracing(right));
    expect(rights).toEqual([...(RIGHTS[name] ?? [])].sort());
  });

  it("only tally, recount and office-work may read ballot keys, only submit and office-roll peppers, only submit the keys that sign for ballots, only state-opening and the office signing keys, and validate, which fills the box, no stamp key", () => {
    const readersOf = (kind: string): string[] =>
      NAMES.filter((name) => stage.rightsOf(name).includes(secret(`${kind}/*`)));
    expect(readersOf("ballot-key")).toEqual(["office-work", "recount", "tally"]);
    expect(readersOf("acknowledgement-key")).toEqual(["submit"]);
    expect(readersOf("pepper")).toEqual(["office-roll", "submit"]);
    expect(readersOf("signing-key")).toEqual(["office", "office-roll", "office-work", "state-opening"]);
    expect(readersOf("stamp-key")).toEqual(["office-roll", "office-work", "recount", "submit", "tally"]);
    expect(stage.rightsOf("validate").filter((right) => right.startsWith("secretsmanager:"))).toEqual([]);
  });

  it("each function has a role of its own", () => {
    const roles = NAMES.map((name) => stage.function(name).properties.Role["Fn::GetAtt"][0]);
    expect(new Set(roles).size).toBe(NAMES.length);
  });
});

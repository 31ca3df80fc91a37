import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CreateTableCommand } from "@aws-sdk/client-dynamodb";
import { CreateBucketCommand, S3Client } from "@aws-sdk/client-s3";
import { CreateQueueCommand, GetQueueAttributesCommand, SQSClient } from "@aws-sdk/client-sqs";
import { ScanCommand } from "@aws-sdk/lib-dynamodb";
import { type Connection, connect, type ServiceEndpoints, type StackOutputs } from "#admin/connection/connection.ts";
import { clientConfig } from "#local/services/credentials.ts";
import { metricStore } from "#local/services/metric-store.ts";
import { startSecretsManager } from "#local/services/secrets-manager.ts";
import { startMetrics } from "#local/services/services.ts";
import { startSqs } from "#local/services/sqs.ts";
import { emptyDatabase } from "#test/database.ts";
import { IDENTITY } from "#test/identified.ts";

/** What an election officer works with: tables, queues, secrets, and a folder for files. */
export type Office = Readonly<{
  connection: Connection;
  outputs: StackOutputs;
  endpoints: ServiceEndpoints;
  /** Writes a file into the folder and returns its path. */
  file(name: string, text: string | Uint8Array): Promise<string>;
  path(name: string): string;
  /** The roll's items of an election. */
  roll(electionId: string): Promise<readonly Record<string, unknown>[]>;
  close(): Promise<void>;
}>;

/** Creates the votes queue and the dead-letter queue; returns their URLs. */
async function createQueues(endpoint: string): Promise<readonly [string, string]> {
  const sqs = new SQSClient(clientConfig(endpoint));
  const create = async (QueueName: string, Attributes: Record<string, string> = {}) =>
    (await sqs.send(new CreateQueueCommand({ QueueName, Attributes }))).QueueUrl ?? "";
  const deadLetters = await create("dead-letters");
  const asked = new GetQueueAttributesCommand({ QueueUrl: deadLetters, AttributeNames: ["QueueArn"] });
  const deadLetterTargetArn = (await sqs.send(asked)).Attributes?.QueueArn;
  const votes = await create("votes", {
    VisibilityTimeout: "30",
    RedrivePolicy: JSON.stringify({ deadLetterTargetArn, maxReceiveCount: 10 }),
  });
  sqs.destroy();
  return [votes, deadLetters];
}

export async function openOffice(apiUrl = "http://localhost:1"): Promise<Office> {
  const { endpoint: dynamodb, accessKeyId } = emptyDatabase();
  const [sqs, secretsManager, metrics, folder] = await Promise.all([
    startSqs(),
    startSecretsManager(),
    metricStore(),
    mkdtemp(join(tmpdir(), "scrutin-office-")),
  ]);
  const cloudWatch = await startMetrics(metrics, sqs);
  const endpoints = {
    dynamodb,
    accessKeyId,
    sqs: sqs.endpoint,
    secretsmanager: secretsManager.endpoint,
    cloudwatch: cloudWatch.endpoint,
    s3: sqs.endpoint,
  };
  const [VotesQueueUrl, DeadLetterQueueUrl] = await createQueues(sqs.endpoint);
  const outputs = {
    ElectionsTable: "elections",
    BiographiesTable: "biographies",
    RollTable: "roll",
    VotesTable: "votes",
    TalliesTable: "tallies",
    PublishedTable: "published",
    BoardTable: "board",
    RejectedAttemptsTable: "rejected-attempts",
    AuditTable: "audit",
    VotesQueueUrl,
    DeadLetterQueueUrl,
    CertifiedBucket: "certified",
    SecretPrefix: "scrutin/test",
    OfficerRole: "none",
    VoterIssuers: IDENTITY.issuer,
    ApiUrl: apiUrl,
  };
  const s3 = new S3Client({ ...clientConfig(sqs.endpoint), forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket: outputs.CertifiedBucket }));
  s3.destroy();
  const connection = connect(outputs, endpoints);
  for (const [table, ...keys] of [
    [outputs.ElectionsTable, "electionId"],
    [outputs.BiographiesTable, "text", "part"],
    [outputs.RollTable, "hash"],
    [outputs.VotesTable, "hash"],
    [outputs.TalliesTable, "sheet", "row"],
    [outputs.BoardTable, "electionId", "row"],
    [outputs.PublishedTable, "electionId", "part"],
    [outputs.RejectedAttemptsTable, "bucket", "row"],
    [outputs.AuditTable, "electionId", "row"],
    ["office", "place", "row"],
  ] as const) {
    await connection.documents.send(
      new CreateTableCommand({
        TableName: table,
        BillingMode: "PAY_PER_REQUEST",
        AttributeDefinitions: keys.map((key) => ({ AttributeName: key, AttributeType: "S" })),
        KeySchema: keys.map((key, index) => ({ AttributeName: key, KeyType: index === 0 ? "HASH" : "RANGE" })),
      }),
    );
  }
  const path = (name: string) => join(folder, name);
  return {
    connection,
    outputs,
    endpoints,
    path,
    async file(name, text) {
      await writeFile(path(name), text);
      return path(name);
    },
    async roll(electionId) {
      const { Items = [] } = await connection.documents.send(
        new ScanCommand({
          TableName: outputs.RollTable,
          FilterExpression: "electionId = :electionId",
          ExpressionAttributeValues: { ":electionId": electionId },
        }),
      );
      return Items;
    },
    async close() {
      connection.close();
      await Promise.all([
        cloudWatch.stop(),
        sqs.stop(),
        secretsManager.stop(),
        rm(folder, { recursive: true, force: true }),
      ]);
    },
  };
}

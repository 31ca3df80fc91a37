import { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SQSClient } from "@aws-sdk/client-sqs";
import { fromTemporaryCredentials } from "@aws-sdk/credential-providers";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { issuersIn } from "#core/voter-issuers.ts";

/** A connection to the tables, queues and secrets of one Scrutin. */

/** The shell's own rights are used. */
const NO_ROLE = "none";
/** An output cannot be empty. */
const NO_ISSUERS = "none";

/** Outputs of the data and voting stacks. */
export const StackOutputs = z.object({
  ElectionsTable: z.string().min(1),
  BiographiesTable: z.string().min(1),
  RollTable: z.string().min(1),
  VotesTable: z.string().min(1),
  TalliesTable: z.string().min(1),
  PublishedTable: z.string().min(1),
  BoardTable: z.string().min(1),
  RejectedAttemptsTable: z.string().min(1),
  AuditTable: z.string().min(1),
  VotesQueueUrl: z.url(),
  DeadLetterQueueUrl: z.url(),
  CertifiedBucket: z.string().min(1),
  SecretPrefix: z.string().min(1),
  /** The role that may use the elections' secrets; none on one machine and at an emulator. */
  OfficerRole: z.string().min(1).default(NO_ROLE),
  /** Separated by spaces. */
  VoterIssuers: z.string().min(1).default(NO_ISSUERS),
  ApiUrl: z.url(),
});
export type StackOutputs = Readonly<z.infer<typeof StackOutputs>>;

/** Where embedded services, or an emulator of AWS, listen. */
export const ServiceEndpoints = z.object({
  dynamodb: z.url(),
  sqs: z.url(),
  secretsmanager: z.url(),
  cloudwatch: z.url(),
  s3: z.url(),
  /** Names the database, where a DynamoDB Local holds several. */
  accessKeyId: z.string().min(1).optional(),
});
export type ServiceEndpoints = Readonly<z.infer<typeof ServiceEndpoints>>;

export type Connection = Readonly<{
  dynamodb: DynamoDBClient;
  /** The same client, for items as plain objects. */
  documents: DynamoDBDocumentClient;
  secrets: SecretsManagerClient;
  sqs: SQSClient;
  cloudwatch: CloudWatchClient;
  electionsTable: string;
  biographiesTable: string;
  rollTable: string;
  votesTable: string;
  talliesTable: string;
  publishedTable: string;
  boardTable: string;
  rejectedAttemptsTable: string;
  auditTable: string;
  votesQueueUrl: string;
  deadLetterQueueUrl: string;
  /** Of certified bundles. */
  certifiedBucket: string;
  /** Where S3 listens when that is not AWS's; what needs it makes its client. */
  s3Endpoint: string | undefined;
  /** Precedes `/pepper/<electionId>` and `/ballot-key/<electionId>`. */
  secretPrefix: string;
  /** The stage's parameter. */
  voterIssuers: readonly string[];
  /** Without a trailing slash; `/api/v1/…` follows. */
  apiUrl: string;
  close(): void;
}>;

/** Embedded services want credentials and a region, and accept any. */
export const EMBEDDED = {
  region: "ca-central-1",
  credentials: { accessKeyId: "local", secretAccessKey: "local" },
} as const;

/** A large import is throttled while its table scales up; the SDK backs off, up to 20 s. */
const MAX_ATTEMPTS = 12;

/** Connects by a system's outputs: in AWS with the caller's credentials, or to embedded services at their endpoints. */
export function connect(outputs: StackOutputs, endpoints?: ServiceEndpoints): Connection {
  const key = endpoints?.accessKeyId !== undefined && { accessKeyId: endpoints.accessKeyId };
  const at = (endpoint: string | undefined) => ({
    maxAttempts: MAX_ATTEMPTS,
    ...(endpoint !== undefined && { ...EMBEDDED, credentials: { ...EMBEDDED.credentials, ...key }, endpoint }),
  });
  const dynamodb = new DynamoDBClient(at(endpoints?.dynamodb));
  const { OfficerRole: RoleArn } = outputs;
  const secrets = new SecretsManagerClient({
    ...at(endpoints?.secretsmanager),
    // In CloudTrail beside whoever took the role.
    ...(RoleArn !== NO_ROLE && {
      credentials: fromTemporaryCredentials({ params: { RoleArn, RoleSessionName: "scrutin" } }),
    }),
  });
  const sqs = new SQSClient(at(endpoints?.sqs));
  const cloudwatch = new CloudWatchClient(at(endpoints?.cloudwatch));
  return {
    dynamodb,
    // Whoever writes to a table may write a number of any size; by default one that is inexact makes reading it fail.
    documents: DynamoDBDocumentClient.from(dynamodb, { unmarshallOptions: { wrapNumbers: Number } }),
    secrets,
    sqs,
    cloudwatch,
    electionsTable: outputs.ElectionsTable,
    biographiesTable: outputs.BiographiesTable,
    rollTable: outputs.RollTable,
    votesTable: outputs.VotesTable,
    talliesTable: outputs.TalliesTable,
    publishedTable: outputs.PublishedTable,
    boardTable: outputs.BoardTable,
    rejectedAttemptsTable: outputs.RejectedAttemptsTable,
    auditTable: outputs.AuditTable,
    votesQueueUrl: outputs.VotesQueueUrl,
    deadLetterQueueUrl: outputs.DeadLetterQueueUrl,
    certifiedBucket: outputs.CertifiedBucket,
    s3Endpoint: endpoints?.s3,
    secretPrefix: outputs.SecretPrefix,
    voterIssuers: outputs.VoterIssuers === NO_ISSUERS ? [] : issuersIn(outputs.VoterIssuers),
    apiUrl: outputs.ApiUrl.replace(/\/+$/, ""),
    close() {
      dynamodb.destroy();
      secrets.destroy();
      sqs.destroy();
      cloudwatch.destroy();
    },
  };
}

import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import {
  CreateTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  ResourceInUseException,
} from "@aws-sdk/client-dynamodb";
import { CreateSecretCommand, ResourceExistsException, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { CreateQueueCommand, SQSClient } from "@aws-sdk/client-sqs";
import * as z from "zod";
import { VIEWER_ADDRESS_HEADER } from "#functions/runtime/viewer-address-header-contract.ts";
import type { TemplateResource, Templates } from "#local/deployment/template.ts";
import type { FunctionDefinition } from "#local/functions/host.ts";
import { ACCOUNT_ID, clientConfig, REGION } from "#local/services/credentials.ts";

/** Creates in the embedded services what the templates declare, and reads the rest of the wiring from them. */

export type Endpoints = Readonly<{
  dynamodb: string;
  sqs: string;
  secretsmanager: string;
  cloudwatch: string;
  s3: string;
}>;

export const afterLast = (text: string, separator: string): string => text.slice(text.lastIndexOf(separator) + 1);

const TABLE_TYPE = "AWS::DynamoDB::GlobalTable";
const Key = z.object({ AttributeName: z.string(), KeyType: z.enum(["HASH", "RANGE"]) });
const Table = z.object({
  KeySchema: z.array(Key),
  GlobalSecondaryIndexes: z.never("indexes are not emulated on the laptop").optional(),
  LocalSecondaryIndexes: z.never("indexes are not emulated on the laptop").optional(),
  AttributeDefinitions: z.array(z.object({ AttributeName: z.string(), AttributeType: z.enum(["S", "N", "B"]) })),
  StreamSpecification: z
    .object({ StreamViewType: z.enum(["NEW_IMAGE", "OLD_IMAGE", "NEW_AND_OLD_IMAGES", "KEYS_ONLY"]) })
    .optional(),
});

const tableName = ({ properties, logicalId }: TemplateResource): string => String(properties.TableName ?? logicalId);

function bindTable(templates: Templates, resource: TemplateResource, attributes: Record<string, string> = {}): void {
  const name = tableName(resource);
  const Arn = `arn:aws:dynamodb:${REGION}:${ACCOUNT_ID}:table/${name}`;
  templates.bind(resource, { ref: name, attributes: { Arn, ...attributes } });
}

/** Names the tables before they exist: functions need no more of them. */
export function nameTables(templates: Templates): void {
  for (const resource of templates.ofType(TABLE_TYPE)) bindTable(templates, resource);
}

/** Creates a table unless it is there. Returns the ARN of its stream, if it has one. */
async function createTable(
  client: DynamoDBClient,
  name: string,
  table: z.infer<typeof Table>,
): Promise<string | undefined> {
  try {
    const { TableDescription } = await client.send(
      new CreateTableCommand({
        TableName: name,
        BillingMode: "PAY_PER_REQUEST",
        KeySchema: table.KeySchema,
        AttributeDefinitions: table.AttributeDefinitions,
        ...(table.StreamSpecification !== undefined && {
          StreamSpecification: { StreamEnabled: true, StreamViewType: table.StreamSpecification.StreamViewType },
        }),
      }),
    );
    return TableDescription?.LatestStreamArn;
  } catch (error) {
    if (!(error instanceof ResourceInUseException)) throw error;
    const { Table: existing } = await client.send(new DescribeTableCommand({ TableName: name }));
    return existing?.LatestStreamArn;
  }
}

/** Creates the tables that are not there yet. */
export async function deployTables(templates: Templates, endpoint: string): Promise<void> {
  const client = new DynamoDBClient(clientConfig(endpoint));
  const deploy = async (resource: TemplateResource): Promise<void> => {
    const table = templates.properties(resource, Table);
    const StreamArn = await createTable(client, tableName(resource), table);
    bindTable(templates, resource, StreamArn === undefined ? {} : { StreamArn });
  };
  await Promise.all(templates.ofType(TABLE_TYPE).map(deploy));
  client.destroy();
}

const Queue = z.object({
  QueueName: z.string().optional(),
  VisibilityTimeout: z.number().int().optional(),
  MessageRetentionPeriod: z.number().int().optional(),
  RedrivePolicy: z.object({ deadLetterTargetArn: z.string(), maxReceiveCount: z.number().int() }).optional(),
});

export const queueUrl = (endpoint: string, arn: string): string => `${endpoint}/${ACCOUNT_ID}/${afterLast(arn, ":")}`;

/** Creates the queues that are not there yet, dead-letter queues included. */
export async function deployQueues(templates: Templates, endpoint: string): Promise<void> {
  const client = new SQSClient(clientConfig(endpoint));
  const queues = templates.ofType("AWS::SQS::Queue");
  for (const resource of queues) {
    const name = String(resource.properties.QueueName ?? resource.logicalId);
    const Arn = `arn:aws:sqs:${REGION}:${ACCOUNT_ID}:${name}`;
    templates.bind(resource, { ref: queueUrl(endpoint, Arn), attributes: { Arn, QueueName: name } });
  }
  const described = queues.map((resource) => ({ resource, queue: templates.properties(resource, Queue) }));
  // Dead-letter queues first: the others name them.
  described.sort((a, b) => Number(a.queue.RedrivePolicy !== undefined) - Number(b.queue.RedrivePolicy !== undefined));
  for (const { resource, queue } of described) {
    const Attributes = Object.fromEntries(
      Object.entries({
        VisibilityTimeout: queue.VisibilityTimeout,
        MessageRetentionPeriod: queue.MessageRetentionPeriod,
        RedrivePolicy: queue.RedrivePolicy && JSON.stringify(queue.RedrivePolicy),
      }).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
    );
    await client.send(new CreateQueueCommand({ QueueName: queue.QueueName ?? resource.logicalId, Attributes }));
  }
  client.destroy();
}

const Secret = z.object({ Name: z.string(), GenerateSecretString: z.object({ PasswordLength: z.number().int() }) });

/** Creates the secrets that the templates declare, each with a random value, unless they are there. */
export async function deploySecrets(templates: Templates, endpoint: string): Promise<void> {
  const client = new SecretsManagerClient(clientConfig(endpoint));
  for (const resource of templates.ofType("AWS::SecretsManager::Secret")) {
    const { Name, GenerateSecretString } = templates.properties(resource, Secret);
    const SecretString = randomBytes(GenerateSecretString.PasswordLength)
      .toString("base64url")
      .slice(0, GenerateSecretString.PasswordLength);
    await client.send(new CreateSecretCommand({ Name, SecretString })).catch((error: unknown) => {
      if (!(error instanceof ResourceExistsException)) throw error;
    });
    templates.bind(resource, { ref: Name });
  }
  client.destroy();
}

/** Creates the buckets that are not there yet. */
export async function deployBuckets(templates: Templates, endpoint: string): Promise<void> {
  // Loaded beside what else starts.
  const { BucketAlreadyOwnedByYou, CreateBucketCommand, S3Client } = await import("@aws-sdk/client-s3");
  const client = new S3Client({ ...clientConfig(endpoint), forcePathStyle: true });
  for (const resource of templates.ofType("AWS::S3::Bucket")) {
    const name = resource.logicalId.toLowerCase();
    await client.send(new CreateBucketCommand({ Bucket: name })).catch((error: unknown) => {
      if (!(error instanceof BucketAlreadyOwnedByYou)) throw error;
    });
    templates.bind(resource, { ref: name, attributes: { Arn: `arn:aws:s3:::${name}` } });
  }
  client.destroy();
}

const Function_ = z.object({
  Code: z.object({ S3Key: z.string() }),
  Handler: z.string(),
  Timeout: z.number().int(),
  MemorySize: z.number().int(),
  Environment: z.object({ Variables: z.record(z.string(), z.string()) }),
});

/**
 * The functions by logical id, ready to host. Queues and secrets must be deployed, tables named.
 * @param believesAddresses whether a client may name its own address, as CloudFront does in AWS
 */
export function readFunctions(
  templates: Templates,
  assetFolder: string,
  endpoints: Endpoints,
  believesAddresses: boolean,
): ReadonlyMap<string, FunctionDefinition> {
  const resources = templates.ofType("AWS::Lambda::Function");
  for (const resource of resources) {
    templates.bind(resource, {
      ref: resource.logicalId,
      attributes: { Arn: `arn:aws:lambda:${REGION}:${ACCOUNT_ID}:function:${resource.logicalId}` },
    });
  }
  return new Map(
    resources.map((resource) => {
      const { Code, Handler, Timeout, MemorySize, Environment } = templates.properties(resource, Function_);
      const file = `${Handler.slice(0, Handler.lastIndexOf("."))}.mjs`;
      const bundle = join(assetFolder, `asset.${Code.S3Key.replace(/\.zip$/, "")}`, file);
      if (!existsSync(bundle)) throw new Error(`the bundle of ${resource.logicalId} is not in the assembly`);
      const environment = {
        ...Environment.Variables,
        ...(believesAddresses && "VIEWER_ADDRESS_HEADER" in Environment.Variables && { VIEWER_ADDRESS_HEADER }),
        AWS_REGION: REGION,
        AWS_ACCESS_KEY_ID: "local",
        AWS_SECRET_ACCESS_KEY: "local",
        AWS_ENDPOINT_URL_DYNAMODB: endpoints.dynamodb,
        AWS_ENDPOINT_URL_SQS: endpoints.sqs,
        AWS_ENDPOINT_URL_SECRETS_MANAGER: endpoints.secretsmanager,
        AWS_ENDPOINT_URL_CLOUDWATCH: endpoints.cloudwatch,
        AWS_ENDPOINT_URL_S3: endpoints.s3,
      };
      const name = Environment.Variables.POWERTOOLS_SERVICE_NAME ?? resource.logicalId;
      return [
        resource.logicalId,
        { name, bundle, environment, timeoutMs: Timeout * 1000, memoryMegabytes: MemorySize },
      ] as const;
    }),
  );
}

const MAPPING_TYPE = "AWS::Lambda::EventSourceMapping";
/** Strict: a mapping with an option that is not emulated here would behave differently in AWS. */
const Mapping = z.strictObject({
  EventSourceArn: z.string(),
  FunctionName: z.string(),
  BatchSize: z.number().int(),
  MaximumBatchingWindowInSeconds: z.number().default(0),
  TumblingWindowInSeconds: z.number().optional(),
  FunctionResponseTypes: z.array(z.literal("ReportBatchItemFailures")).default([]),
  ScalingConfig: z.object({ MaximumConcurrency: z.number().int() }).optional(),
  StartingPosition: z.literal("TRIM_HORIZON").optional(),
  ParallelizationFactor: z.literal(1).optional(),
  BisectBatchOnFunctionError: z.literal(false).optional(),
  MaximumRetryAttempts: z.literal(-1).optional(),
});
export type Mapping = z.infer<typeof Mapping>;

/** The event source mappings, of queues and of streams. */
export function readMappings(templates: Templates): readonly Mapping[] {
  return templates.ofType(MAPPING_TYPE).map((resource) => templates.properties(resource, Mapping));
}

const Behind = z.object({ FunctionName: z.string() });

/** Logical ids of the functions behind mappings. Needs no stream to exist. */
export function functionsBehindMappings(templates: Templates): ReadonlySet<string> {
  const mappings = templates.ofType(MAPPING_TYPE).map((resource) => {
    const { FunctionName } = resource.properties;
    return templates.properties({ ...resource, properties: { FunctionName } }, Behind).FunctionName;
  });
  return new Set(mappings);
}

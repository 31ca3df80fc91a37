import { readFile } from "node:fs/promises";
import { CloudFormationClient, DescribeStacksCommand } from "@aws-sdk/client-cloudformation";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SQSClient } from "@aws-sdk/client-sqs";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { emulatedApiUrl, emulatorUrl, trustEmulator } from "#admin/connection/emulator.ts";
import { Refusal } from "#core/refusal.ts";

/** How an officer reaches a Scrutin: the one that runs on this machine, or one deployed under a stage's name. */

/** Outputs of the data and voting stacks, the same in AWS and on the laptop. */
export const StackOutputs = z.object({
  ElectionsTable: z.string().min(1),
  RollTable: z.string().min(1),
  VotesTable: z.string().min(1),
  TalliesTable: z.string().min(1),
  BoardTable: z.string().min(1),
  ReviewTable: z.string().min(1),
  VotesQueueUrl: z.url(),
  DeadLetterQueueUrl: z.url(),
  SecretPrefix: z.string().min(1),
  ApiUrl: z.url(),
});
export type StackOutputs = Readonly<z.infer<typeof StackOutputs>>;

/** Where the services of a laptop's system, or of an emulator of AWS, listen. */
export const ServiceEndpoints = z.object({
  dynamodb: z.url(),
  sqs: z.url(),
  secretsmanager: z.url(),
});
export type ServiceEndpoints = Readonly<z.infer<typeof ServiceEndpoints>>;

/** What a running laptop system says of itself in `.scrutin/<port>.json`. */
const RunningSystem = z.object({
  url: z.url(),
  pid: z.number().int().positive(),
  outputs: StackOutputs,
  endpoints: ServiceEndpoints,
});

export type Connection = Readonly<{
  documents: DynamoDBDocumentClient;
  secrets: SecretsManagerClient;
  sqs: SQSClient;
  electionsTable: string;
  rollTable: string;
  votesTable: string;
  talliesTable: string;
  boardTable: string;
  reviewTable: string;
  votesQueueUrl: string;
  deadLetterQueueUrl: string;
  /** Stands before `/pepper/<electionId>` and `/ballot-key/<electionId>`. */
  secretPrefix: string;
  /** Without a slash at its end; `/api/v1/…` follows. */
  apiUrl: string;
  /** Lets go of the sockets. */
  close(): void;
}>;

/** The embedded services ask for credentials and a region, and accept any. */
const EMBEDDED = {
  region: "ca-central-1",
  credentials: { accessKeyId: "local", secretAccessKey: "local" },
} as const;

/** A large roll meets throttling while the table scales up; the SDK waits longer before each attempt, at most 20 s. */
const MAX_ATTEMPTS = 12;

/** Connects to a system from its outputs: in AWS under the caller's credentials, or at the endpoints of embedded services. */
export function connect(outputs: StackOutputs, endpoints?: ServiceEndpoints): Connection {
  const at = (endpoint: string | undefined) => ({
    maxAttempts: MAX_ATTEMPTS,
    ...(endpoint !== undefined && { ...EMBEDDED, endpoint }),
  });
  const dynamodb = new DynamoDBClient(at(endpoints?.dynamodb));
  const secrets = new SecretsManagerClient(at(endpoints?.secretsmanager));
  const sqs = new SQSClient(at(endpoints?.sqs));
  return {
    documents: DynamoDBDocumentClient.from(dynamodb),
    secrets,
    sqs,
    electionsTable: outputs.ElectionsTable,
    rollTable: outputs.RollTable,
    votesTable: outputs.VotesTable,
    talliesTable: outputs.TalliesTable,
    boardTable: outputs.BoardTable,
    reviewTable: outputs.ReviewTable,
    votesQueueUrl: outputs.VotesQueueUrl,
    deadLetterQueueUrl: outputs.DeadLetterQueueUrl,
    secretPrefix: outputs.SecretPrefix,
    apiUrl: outputs.ApiUrl.replace(/\/+$/, ""),
    close() {
      dynamodb.destroy();
      secrets.destroy();
      sqs.destroy();
    },
  };
}

/** Whether a process of this machine is alive. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives and belongs to somebody else.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

/** Connects to the system that runs on this machine. Throws Refusal when none does. */
export async function connectToLocal(port: number): Promise<Connection> {
  const text = await readFile(new URL(`../../.scrutin/${port}.json`, import.meta.url), "utf8").catch(() => undefined);
  const running = text === undefined ? undefined : RunningSystem.parse(JSON.parse(text));
  // A system that was killed leaves its file behind.
  if (running === undefined || !isAlive(running.pid)) {
    throw new Refusal(
      `No Scrutin is running on port ${port}. Start one with npm start, or name a deployed one with --stage.`,
    );
  }
  return connect({ ...running.outputs, ApiUrl: running.url }, running.endpoints);
}

/** The outputs of a stack by name; undefined when there is no such stack. */
async function outputsOf(client: CloudFormationClient, stack: string): Promise<Record<string, string> | undefined> {
  try {
    const { Stacks } = await client.send(new DescribeStacksCommand({ StackName: stack }));
    const outputs = Stacks?.[0]?.Outputs ?? [];
    return Object.fromEntries(outputs.map(({ OutputKey = "", OutputValue = "" }) => [OutputKey, OutputValue]));
  } catch (error) {
    // CloudFormation has no error of its own for this (it is a ValidationError).
    if (error instanceof Error && error.message.includes("does not exist")) return undefined;
    const said = error instanceof Error ? error.message || error.name : String(error);
    const where = emulatorUrl() === undefined ? "AWS CloudFormation" : `The endpoint at ${emulatorUrl()}`;
    throw new Refusal(`${where} could not be asked for the stack ${stack}: ${said}`);
  }
}

/** The site's stack stands where CloudFront's own parts are, whatever the region of the votes. */
const SITE_REGION = "us-east-1";

/** Where a stage of AWS answers the public: its API refuses what does not come through CloudFront. */
async function publicUrlOf(stage: string): Promise<string | undefined> {
  const client = new CloudFormationClient({ region: SITE_REGION });
  try {
    return (await outputsOf(client, `scrutin-${stage}-site`))?.SiteUrl;
  } finally {
    client.destroy();
  }
}

/** A stage as its stacks describe it, and where its services are when that is not AWS. */
export type DeployedStage = Readonly<{ outputs: StackOutputs; endpoints?: ServiceEndpoints }>;

/**
 * Finds a deployed stage by its stacks: in AWS under the caller's credentials and region, or at the emulator that
 * AWS_ENDPOINT_URL names. Throws Refusal when it is not there.
 */
export async function findStage(stage: string): Promise<DeployedStage> {
  const emulator = emulatorUrl();
  if (emulator !== undefined) trustEmulator();
  const client = new CloudFormationClient(emulator === undefined ? {} : { ...EMBEDDED, endpoint: emulator });
  try {
    const merged: Record<string, string> = {};
    for (const stack of [`scrutin-${stage}-data`, `scrutin-${stage}-voting`]) {
      const outputs = await outputsOf(client, stack);
      if (outputs === undefined) throw new Refusal(`No Scrutin is deployed as ${stage}: there is no stack ${stack}.`);
      Object.assign(merged, outputs);
    }
    // An emulator has no CloudFront; there the API answers by itself.
    const publicUrl = emulator === undefined ? await publicUrlOf(stage) : undefined;
    if (publicUrl !== undefined) merged.ApiUrl = publicUrl;
    const parsed = StackOutputs.safeParse(merged);
    if (!parsed.success) {
      const missing = [...new Set(parsed.error.issues.map(({ path }) => path.join(".")))].join(", ");
      throw new Refusal(`The stacks of stage ${stage} lack these outputs: ${missing}. Deploy them again.`);
    }
    if (emulator === undefined) return { outputs: parsed.data };
    return {
      outputs: { ...parsed.data, ApiUrl: emulatedApiUrl(emulator, parsed.data.ApiUrl) },
      endpoints: { dynamodb: emulator, sqs: emulator, secretsmanager: emulator },
    };
  } finally {
    client.destroy();
  }
}

/** Connects to a deployed stage, in AWS or at an emulator. Throws Refusal when it is not there. */
export async function connectToStage(stage: string): Promise<Connection> {
  const { outputs, endpoints } = await findStage(stage);
  return connect(outputs, endpoints);
}

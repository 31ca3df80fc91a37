import { CloudFormationClient, DescribeStacksCommand } from "@aws-sdk/client-cloudformation";
import {
  type Connection,
  connect,
  EMBEDDED,
  type ServiceEndpoints,
  StackOutputs,
} from "#admin/connection/connection.ts";
import { emulatedApiUrl, emulatorUrl, trustEmulator } from "#admin/connection/emulator.ts";
import { EnglishRefusal } from "#core/english-refusal.ts";

/** A deployed Scrutin, in AWS or at an emulator of it. */

/** The outputs of a stack by name; undefined when there is no such stack. */
async function outputsOf(client: CloudFormationClient, stack: string): Promise<Record<string, string> | undefined> {
  try {
    const { Stacks } = await client.send(new DescribeStacksCommand({ StackName: stack }));
    const outputs = Stacks?.[0]?.Outputs ?? [];
    return Object.fromEntries(outputs.map(({ OutputKey = "", OutputValue = "" }) => [OutputKey, OutputValue]));
  } catch (error) {
    // A plain ValidationError: CloudFormation has no error type for this.
    if (error instanceof Error && error.message.includes("does not exist")) return undefined;
    const said = error instanceof Error ? error.message || error.name : String(error);
    const where = emulatorUrl() === undefined ? "AWS CloudFormation" : `The endpoint at ${emulatorUrl()}`;
    throw new EnglishRefusal(`${where} could not be asked for the stack ${stack}: ${said}`);
  }
}

/** CloudFront's certificates and firewall live in this region, and the site's stack with them. */
const SITE_REGION = "us-east-1";

/** The site's address: the API refuses what does not come through CloudFront. */
async function publicUrlOf(stage: string): Promise<string | undefined> {
  const client = new CloudFormationClient({ region: SITE_REGION });
  try {
    return (await outputsOf(client, `scrutin-${stage}-site`))?.SiteUrl;
  } finally {
    client.destroy();
  }
}

/** A stage's outputs, and its services' endpoints when those are not AWS's. */
export type DeployedStage = Readonly<{ outputs: StackOutputs; endpoints?: ServiceEndpoints }>;

/**
 * Finds a deployed stage by its stacks, in AWS with the caller's credentials and region, or at the emulator that
 * AWS_ENDPOINT_URL names. Throws Refusal when there is none.
 */
export async function findStage(stage: string): Promise<DeployedStage> {
  const emulator = emulatorUrl();
  if (emulator !== undefined) trustEmulator();
  const client = new CloudFormationClient(emulator === undefined ? {} : { ...EMBEDDED, endpoint: emulator });
  try {
    const merged: Record<string, string> = {};
    for (const stack of [`scrutin-${stage}-data`, `scrutin-${stage}-voting`]) {
      const outputs = await outputsOf(client, stack);
      if (outputs === undefined)
        throw new EnglishRefusal(`No Scrutin is deployed as ${stage}: there is no stack ${stack}.`);
      Object.assign(merged, outputs);
    }
    // An emulator has no CloudFront: callers go to the API directly.
    const publicUrl = emulator === undefined ? await publicUrlOf(stage) : undefined;
    if (publicUrl !== undefined) merged.ApiUrl = publicUrl;
    const parsed = StackOutputs.safeParse(merged);
    if (!parsed.success) {
      const missing = [...new Set(parsed.error.issues.map(({ path }) => path.join(".")))].join(", ");
      throw new EnglishRefusal(`The stacks of stage ${stage} lack these outputs: ${missing}. Deploy them again.`);
    }
    if (emulator === undefined) return { outputs: parsed.data };
    return {
      outputs: { ...parsed.data, ApiUrl: emulatedApiUrl(emulator, parsed.data.ApiUrl) },
      endpoints: { dynamodb: emulator, sqs: emulator, secretsmanager: emulator, cloudwatch: emulator, s3: emulator },
    };
  } finally {
    client.destroy();
  }
}

/** Throws Refusal when there is no such stage. */
export async function connectToStage(stage: string): Promise<Connection> {
  const { outputs, endpoints } = await findStage(stage);
  return connect(outputs, endpoints);
}

import { cp, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import {
  CloudFormationClient,
  DescribeStacksCommand,
  UpdateTerminationProtectionCommand,
} from "@aws-sdk/client-cloudformation";
import { CreateRoleCommand, DeleteRoleCommand, IAMClient } from "@aws-sdk/client-iam";
import * as z from "zod";
import { EMULATOR_STAGE } from "#admin/connection/emulator.ts";
import { Refusal } from "#core/refusal.ts";
import { stackName } from "#infra/config.ts";
import { valueHash } from "#infra/sources.ts";
import { cdkAt, npmDeployAt } from "#local/endpoint/cdk.ts";
import { clientConfig } from "#local/services/credentials.ts";

/** A first deployment that goes wrong, as it may in an account where nothing of Scrutin is yet. */

const DATA = stackName(EMULATOR_STAGE, "data");
/** A role that each stage makes by this name. */
const TAKEN_ROLE = `scrutin-${EMULATOR_STAGE}-tally`;

const Template = z.looseObject({
  Resources: z.record(z.string(), z.looseObject({ Type: z.string(), Properties: z.looseObject({}).optional() })),
});

const Manifest = z.object({
  artifacts: z.record(
    z.string(),
    z.object({ properties: z.object({ stackTemplateAssetObjectUrl: z.string().optional() }).optional() }),
  ),
});

/** A copy of an assembly in which one resource of the data stack cannot be made: a key under a name that is AWS's. */
async function brokenCopy(assembly: string, folder: string): Promise<string> {
  await cp(assembly, folder, { recursive: true });
  const file = join(folder, `${DATA}.template.json`);
  const template = Template.parse(JSON.parse(await readFile(file, "utf8")));
  const alias = Object.values(template.Resources).findLast(({ Type }) => Type === "AWS::KMS::Alias");
  if (alias === undefined) throw new Error("the data stack has no alias to break");
  alias.Properties = { ...alias.Properties, AliasName: "alias/aws/taken" };
  const text = JSON.stringify(template);
  await writeFile(file, text);
  // The template is stored under the hash of its content: under the whole one's, the second try would find the broken one.
  const manifest = join(folder, "manifest.json");
  const { artifacts } = Manifest.parse(JSON.parse(await readFile(manifest, "utf8")));
  const hash = /\w{64}/.exec(artifacts[DATA]?.properties?.stackTemplateAssetObjectUrl ?? "")?.[0];
  if (hash === undefined) throw new Error("the assembly does not name the data stack's template");
  for (const name of [manifest, join(folder, `${DATA}.assets.json`)]) {
    await writeFile(name, (await readFile(name, "utf8")).replaceAll(hash, valueHash(text)));
  }
  return folder;
}

/** Runs what must fail. Returns what it says. */
async function failing(what: string, command: () => Promise<void>): Promise<string> {
  try {
    await command();
  } catch (error) {
    if (error instanceof Refusal) return error.message;
    throw error;
  }
  throw new Error(`${what} should have failed`);
}

function expectSaid(said: string, wanted: string): void {
  if (!said.includes(wanted)) throw new Error(`it should say ${JSON.stringify(wanted)}, and says:\n${said}`);
}

/**
 * Has a deployment refused for a name that is taken, and the next one fail half-way. What is left is a protected stack in
 * ROLLBACK_COMPLETE, as a stage that keeps its data would leave it.
 * @param folder for a copy of the assembly
 */
export async function failFirst(url: string, assembly: string, folder: string): Promise<void> {
  const iam = new IAMClient(clientConfig(url));
  const stacks = new CloudFormationClient(clientConfig(url));
  try {
    const AssumeRolePolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: [] });
    await iam.send(new CreateRoleCommand({ RoleName: TAKEN_ROLE, AssumeRolePolicyDocument }));
    const refused = await failing("a deployment over a taken name", () => npmDeployAt(url)("--check"));
    expectSaid(refused, `there is a role ${TAKEN_ROLE} already`);
    expectSaid(refused, `aws iam delete-role --role-name ${TAKEN_ROLE}`);
    await iam.send(new DeleteRoleCommand({ RoleName: TAKEN_ROLE }));
    await npmDeployAt(url)("--check");

    const broken = await brokenCopy(assembly, join(folder, "broken"));
    await failing("a deployment with a resource that cannot be made", cdkAt(url, folder, broken).deploy);
    await stacks.send(new UpdateTerminationProtectionCommand({ StackName: DATA, EnableTerminationProtection: true }));
    const { Stacks } = await stacks.send(new DescribeStacksCommand({ StackName: DATA }));
    expectSaid(String(Stacks?.[0]?.StackStatus), "ROLLBACK_COMPLETE");
  } finally {
    iam.destroy();
    stacks.destroy();
  }
}

import { CloudFormationClient } from "@aws-sdk/client-cloudformation";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { EnglishRefusal } from "#core/english-refusal.ts";
import { type Config, stackName } from "#infra/config.ts";
import { destroySecrets, secretsOf } from "#infra/stage-secrets.ts";
import { describeStack } from "#infra/tools/check/stacks.ts";
import { cdk, configOf, EXIT, readArguments, run } from "#infra/tools/command.ts";

/** `npm run destroy -- --stage NAME`: takes a stage down, unless it keeps its data. */

/** The secrets that stay, as lines; a sentence where AWS does not tell. */
async function keptSecrets(client: SecretsManagerClient, config: Config): Promise<readonly string[]> {
  try {
    const names = await secretsOf(client, config);
    return names.length === 0 ? ["  none"] : names.map((name) => `  ${name}`);
  } catch (error) {
    return [`  could not be listed (secretsmanager:ListSecrets): ${error instanceof Error ? error.message : error}`];
  }
}

/** Whether the data stack is still there: the CDK's question may have been answered with no. */
async function dataStackExists({ stage, region }: Config): Promise<boolean> {
  const client = new CloudFormationClient({ region });
  try {
    return (await describeStack(client, stackName(stage, "data"))) !== undefined;
  } finally {
    client.destroy();
  }
}

async function refuseWhileKept(client: SecretsManagerClient, config: Config): Promise<void> {
  const { stage, retainData } = config;
  if (!retainData) return;
  throw new EnglishRefusal(
    `Stage ${JSON.stringify(stage)} keeps its data: nothing was touched. A stage whose votes count is not taken down by one command.
If its elections are over and nothing of them is needed any more:
  1. npx scrutin election list --stage ${stage}
     For each election: certify, verify, audit export, and shred once the legal period is over.
  2. Write "retainData": false into config/${stage}.json, and have somebody else look at that change.
  3. npm run deploy -- --stage ${stage}
     From then on the tables may be deleted.
  4. npm run destroy -- --stage ${stage}
Until then these secrets are kept, and billed:
${(await keptSecrets(client, config)).join("\n")}`,
  );
}

await run(async () => {
  const { stage, yes } = readArguments("destroy", process.argv.slice(2));
  const config = configOf(stage);
  const client = new SecretsManagerClient({ region: config.region });
  try {
    await refuseWhileKept(client, config);
    // If the file was changed but not deployed, AWS still protects stacks and tables from deletion.
    const code = await cdk(["destroy", "--all", "--context", `stage=${stage}`, ...(yes ? ["--force"] : [])]);
    if (code !== 0) return EXIT.failed;
    if (await dataStackExists(config)) return EXIT.done;
    for (const name of await destroySecrets(client, config)) process.stdout.write(`destroyed the secret ${name}\n`);
    return EXIT.done;
  } finally {
    client.destroy();
  }
});

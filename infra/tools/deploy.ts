import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as z from "zod";
import { Refusal } from "#core/refusal.ts";
import { beyondAccount } from "#infra/capacity.ts";
import { type Config, electionsFolderOf, stackName } from "#infra/config.ts";
import { readAccountLimits } from "#infra/tools/account-limits.ts";
import { cdk, configOf, EXIT, readArguments, run } from "#infra/tools/command.ts";
import { readDefinitions } from "#storage/definition-file.ts";

/** `npm run deploy -- --stage NAME`: `cdk deploy` of all stacks of a stage, and what to do next. */

const Outputs = z.record(z.string(), z.record(z.string(), z.string()));

/** What to do after a deployment. */
function nextSteps({ stage, domain }: Config, outputs: z.infer<typeof Outputs>): string {
  const { SiteUrl, DistributionDomain } = outputs[stackName(stage, "site")] ?? {};
  const { ApiUrl } = outputs[stackName(stage, "voting")] ?? {};
  const url = SiteUrl ?? ApiUrl ?? "";
  return [
    `Scrutin is deployed: ${url}`,
    `  API          ${url}/api/v1/docs`,
    ...(domain === undefined ? [] : [`  DNS          ${domain} must be an alias of ${DistributionDomain}`]),
    "Next:",
    `  npx scrutin election list --stage ${stage}`,
    `  npx scrutin roll import voters.csv --election ID --stage ${stage}`,
    `  curl ${url}/api/v1/health`,
    "",
  ].join("\n");
}

/** @throws Refusal when the account is too small for the stage: CloudFormation would notice after creating half of it */
async function requireAccount(config: Config): Promise<void> {
  // An emulator has no limits.
  if (config.emulator !== undefined) return;
  const faults = beyondAccount(config, await readAccountLimits(config.region));
  if (faults.length > 0) throw new Refusal(`Nothing was deployed.\n${faults.join("\n")}`);
}

await run(async () => {
  const { stage, yes } = readArguments("deploy", process.argv.slice(2));
  const config = configOf(stage);
  // Reports an invalid definition before minutes of deployment.
  await readDefinitions(electionsFolderOf(config));
  await requireAccount(config);

  const folder = await mkdtemp(join(tmpdir(), "scrutin-outputs-"));
  try {
    const outputsFile = join(folder, "outputs.json");
    const code = await cdk([
      "deploy",
      "--all",
      "--context",
      `stage=${stage}`,
      "--outputs-file",
      outputsFile,
      // The CDK asks before it widens permissions, unless `--yes`.
      "--require-approval",
      yes ? "never" : "broadening",
    ]);
    if (code !== 0) return EXIT.failed;
    process.stdout.write(nextSteps(config, Outputs.parse(JSON.parse(await readFile(outputsFile, "utf8")))));
    return EXIT.done;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

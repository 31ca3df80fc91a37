import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { UpdateTerminationProtectionCommand } from "@aws-sdk/client-cloudformation";
import * as z from "zod";
import { EnglishRefusal } from "#core/english-refusal.ts";
import { type Config, stackName } from "#infra/config.ts";
import { check } from "#infra/tools/check/check.ts";
import { type Clients, clientsFor, closeAll } from "#infra/tools/check/clients.ts";
import { linesOf } from "#infra/tools/check/finding.ts";
import { exists, neverWorked, type StageStack } from "#infra/tools/check/stacks.ts";
import { cdk, configOf, EXIT, readArguments, run } from "#infra/tools/command.ts";
import { readWarmedTables } from "#infra/tools/warmed-tables.ts";

/**
 * `npm run deploy -- --stage NAME`: checks what can be known beforehand, then `cdk deploy` of all stacks of a stage, and what to
 * do next. `--check` only checks.
 */

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
    `  npx scrutin election open-statement ID --stage ${stage}`,
    `  curl ${url}/api/v1/health`,
    "",
  ].join("\n");
}

/** Lets the CDK delete stacks whose creation failed: it protected them before it made them. */
async function freeFailed(stacks: readonly StageStack[]): Promise<void> {
  for (const { name, client } of stacks.filter(neverWorked)) {
    process.stdout.write(`${name} was never made: what is left of it is removed, and it is made anew.\n`);
    await client.send(new UpdateTerminationProtectionCommand({ StackName: name, EnableTerminationProtection: false }));
  }
}

/** The site's address, where CloudFront has assigned one: the office's user pool leads back there. */
function siteContext(stacks: readonly StageStack[]): readonly string[] {
  const outputs = stacks.find(({ part }) => part === "site")?.stack?.Outputs ?? [];
  const siteUrl = outputs.find(({ OutputKey }) => OutputKey === "SiteUrl")?.OutputValue;
  return siteUrl === undefined ? [] : ["--context", `siteUrl=${siteUrl}`];
}

/** What the CDK app must know of the deployed tables, as its context. */
async function warmedContext(stacks: readonly StageStack[], clients: Clients): Promise<readonly string[]> {
  const data = stacks.find(({ part }) => part === "data");
  if (data === undefined || !exists(data)) return [];
  const outputs = (data.stack?.Outputs ?? []).map(({ OutputKey = "", OutputValue = "" }) => [OutputKey, OutputValue]);
  const warmed = await readWarmedTables(clients, data.name, Object.fromEntries(outputs));
  return ["--context", `warmed=${JSON.stringify(warmed)}`];
}

async function deploy(config: Config, yes: boolean, context: readonly string[]): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), "scrutin-outputs-"));
  try {
    const outputsFile = join(folder, "outputs.json");
    const code = await cdk([
      "deploy",
      "--all",
      "--context",
      `stage=${config.stage}`,
      ...context,
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
}

await run(async () => {
  const { stage, yes, check: checkOnly } = readArguments("deploy", process.argv.slice(2));
  const config = configOf(stage);
  const clients = clientsFor(config.region);
  try {
    const { findings, stacks } = await check(config, clients, Date.now());
    for (const line of findings.flatMap(linesOf)) process.stdout.write(`${line}\n`);
    const faults = findings.filter(({ state }) => state === "wrong");
    if (faults.length > 0) {
      const told = faults.flatMap(({ says, mend = [] }) => [says, ...mend.map((step) => `    ${step}`)]);
      throw new EnglishRefusal(`Nothing was deployed.\n${told.join("\n")}`);
    }
    if (checkOnly) return EXIT.done;
    await freeFailed(stacks);
    return await deploy(config, yes, [...siteContext(stacks), ...(await warmedContext(stacks, clients))]);
  } finally {
    closeAll(clients);
  }
});

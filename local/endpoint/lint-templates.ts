#!/usr/bin/env node
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { readConfig, SITE_REGION } from "#infra/config.ts";
import { PROJECT } from "#infra/sources.ts";
import { synthesize } from "#infra/synthesize.ts";
import { pythonWithCfnLint } from "#local/endpoint/python.ts";
import { runCommand, tie } from "#local/loose-ends.ts";

/** `npm run lint:templates`: cfn-lint on every synthesized stage. */

/** Why a rule does not apply here. */
const IGNORED: Readonly<Record<string, string>> = {
  W3005: "the CDK makes each function depend on its role, which it also names",
  W6001:
    "the site's stack, in another region, reads the bucket's name from the outputs of one stack, and nobody imports it",
};

const say = (line: string): void => void process.stdout.write(`${line}\n`);

await runCommand(async () => {
  const python = await pythonWithCfnLint(say);
  const stages = (await readdir(join(PROJECT, "config"))).map((file) => file.replace(/\.json$/, ""));
  const files: string[] = [];
  const regions = new Set([SITE_REGION]);
  for (const stage of stages) {
    const { templates, assetFolder } = await synthesize(stage);
    files.push(...Object.keys(templates).map((stack) => join(assetFolder, `${stack}.template.json`)));
    regions.add(readConfig(stage).region);
  }
  const options = ["--regions", ...regions, "--ignore-checks", ...Object.keys(IGNORED), "--"];
  const lint = spawn(join(dirname(python), "cfn-lint"), [...options, ...files], { stdio: "inherit" });
  const end = tie(lint);
  const [code] = await once(lint, "exit");
  await end();
  if (code === 0) say(`cfn-lint finds nothing in ${files.length} templates of ${stages.length} stages.`);
  return code === 0;
});

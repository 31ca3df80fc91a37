#!/usr/bin/env node
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { isContractKept } from "#local/endpoint/contract.ts";
import { deploySystem } from "#local/endpoint/deployed-system.ts";
import { LEFT_OUT } from "#local/endpoint/left-out.ts";
import { NOT_RUN, runRunbook } from "#local/endpoint/runbook.ts";
import { runCommand, tie } from "#local/loose-ends.ts";

/**
 * `npm run test:endpoint`: deploys Scrutin to an AWS-compatible endpoint, runs the end-to-end suite on what is deployed, holds
 * its API to its OpenAPI document, and takes everything down again, however it ends. Arguments go to vitest.
 */

const REPOSITORY = fileURLToPath(new URL("../..", import.meta.url));
const VITEST = join(dirname(fileURLToPath(import.meta.resolve("vitest/package.json"))), "vitest.mjs");

const say = (line: string): void => void process.stdout.write(`endpoint  ${line}\n`);

await runCommand(async () => {
  const own = process.env.AWS_ENDPOINT_URL === undefined;
  // What is tested is a second try: whoever deploys for the first time may well need one.
  const system = await deploySystem(say, { site: 0 }, { failsFirst: true });
  try {
    for (const [file, reason] of Object.entries(LEFT_OUT)) say(`left out: ${file}: ${reason}`);
    if (own) {
      for (const [command, reason] of Object.entries(NOT_RUN)) say(`not run of the runbook: ${command}: ${reason}`);
      const folder = await mkdtemp(join(tmpdir(), "scrutin-runbook-"));
      await runRunbook(system.endpointUrl, system.url, folder, say).finally(() => rm(folder, { recursive: true }));
      say("every command of docs/runbook.md was run");
    }
    say(`the suite runs on ${system.url}, deployed at ${system.endpointUrl}`);
    const suite = spawn(process.execPath, [VITEST, "run", "--project", "e2e", ...process.argv.slice(2)], {
      cwd: REPOSITORY,
      env: { ...process.env, SCRUTIN_PORT: String(system.port) },
      stdio: "inherit",
    });
    const end = tie(suite);
    const [code] = await once(suite, "exit");
    await end();
    return code === 0 && (await isContractKept(system.url, say));
  } finally {
    await system.stop();
  }
});

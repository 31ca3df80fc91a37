import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { CloudWatchClient, PutMetricAlarmCommand } from "@aws-sdk/client-cloudwatch";
import { DeleteSecretCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { EMULATOR_STAGE } from "#admin/connection/emulator.ts";
import { Refusal } from "#core/refusal.ts";
import { endpointEnvironment } from "#local/endpoint/cdk.ts";
import { pythonWithMinistack } from "#local/endpoint/python.ts";
import { clientConfig } from "#local/services/credentials.ts";

/** Runs what docs/runbook.md tells an operator to type, as it stands there, on the deployed stage. */

const RUNBOOK = fileURLToPath(new URL("../../docs/runbook.md", import.meta.url));
const AWS = fileURLToPath(new URL("./aws.py", import.meta.url));

/**
 * Commands by their beginning that the emulator cannot run, each with the reason. This is the only place that leaves one out; that
 * AWS knows it, and what it is given, is checked all the same.
 */
export const NOT_RUN: Readonly<Record<string, string>> = {
  "errors recount": "the stage for emulators has no scheduled recount, and so no log of one",
  "aws service-quotas request-service-quota-increase": "an emulator has no quotas to raise",
  "aws sqs start-message-move-task": "the emulator's queues cannot do it",
  "aws sqs list-message-move-tasks": "the emulator's queues cannot do it",
  "aws secretsmanager stop-replication-to-replica": "the emulator replicates nothing",
};

const SCRIPT = /^( *)```sh\n([\s\S]*?)\n *```$/gm;
const TYPED = /`((?:aws|curl|errors|depth) [^`]+)`/g;

export type Runbook = Readonly<{
  /** What is typed first in each terminal. */
  functions: string;
  /** Each block of commands, and each command within a sentence. */
  commands: readonly string[];
}>;

export function readRunbook(markdown: string): Runbook {
  const blocks = [...markdown.matchAll(SCRIPT)].map(([, indent = "", text = ""]) =>
    text.replaceAll(new RegExp(`^${indent}`, "gm"), ""),
  );
  const [functions = "", ...scripts] = blocks;
  const sentences = [...markdown.replaceAll(SCRIPT, "").matchAll(TYPED)].map(([, command = ""]) => command);
  return { functions, commands: [...scripts, ...new Set(sentences)] };
}

const isRun = (line: string): boolean => !Object.keys(NOT_RUN).some((beginning) => line.startsWith(beginning));

/** The operator's terminal: `aws` by botocore; `npx` and `npm`, whose commands other tests run, do nothing. */
const terminal = (functions: string, siteUrl: string): string => `set -euo pipefail
${functions}
export STAGE=${EMULATOR_STAGE}
npx() { :; }
npm() { :; }
# There is no CloudFront: the test runner serves the site.
site() { echo ${siteUrl}; }
`;

/** Makes the alarm that is set off for practice: a stage for an emulator has none. */
async function prepare(url: string): Promise<void> {
  const cloudwatch = new CloudWatchClient(clientConfig(url));
  await cloudwatch.send(
    new PutMetricAlarmCommand({
      AlarmName: `scrutin-${EMULATOR_STAGE}: Votes set aside`,
      MetricName: "none",
      Namespace: "none",
      Statistic: "Sum",
      Period: 60,
      EvaluationPeriods: 1,
      Threshold: 0,
      ComparisonOperator: "GreaterThanThreshold",
    }),
  );
  cloudwatch.destroy();
}

/** Deletes a secret as somebody might by mistake, just before it is restored. */
async function deleteByMistake(url: string): Promise<void> {
  const secrets = new SecretsManagerClient(clientConfig(url));
  const SecretId = `scrutin/${EMULATOR_STAGE}/ballot-key/1`;
  await secrets.send(new DeleteSecretCommand({ SecretId, RecoveryWindowInDays: 7 }));
  secrets.destroy();
}

/** @throws Refusal that has each command that fails, and what it said */
export async function runRunbook(
  url: string,
  siteUrl: string,
  folder: string,
  say: (line: string) => void,
): Promise<void> {
  const { functions, commands } = readRunbook(await readFile(RUNBOOK, "utf8"));
  const { python } = await pythonWithMinistack(say);
  const bin = join(folder, "bin");
  await mkdir(bin, { recursive: true });
  await writeFile(join(bin, "aws"), `#!/bin/sh\nexec "${python}" "${AWS}" "$@"\n`);
  await chmod(join(bin, "aws"), 0o755);
  await prepare(url);
  const environment = endpointEnvironment(url);
  const env = {
    ...environment,
    PATH: `${bin}${delimiter}${environment.PATH}`,
    AWS_CA_BUNDLE: environment.NODE_EXTRA_CA_CERTS,
  };
  const failed: string[] = [];
  const run = async (command: string, more: NodeJS.ProcessEnv = {}): Promise<void> => {
    const child = spawn("bash", ["-c", `${terminal(functions, siteUrl)}${command}`], {
      env: { ...env, ...more },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let said = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => {
        said += text;
      });
    }
    const [code] = await once(child, "close");
    if (code !== 0) failed.push(`${command}\n${said.trim()}`);
  };
  for (const command of commands) {
    const lines = command.split("\n");
    const script = lines.filter(isRun).join("\n");
    if (script.includes("restore-secret")) await deleteByMistake(url);
    if (script !== "") await run(script);
    for (const line of lines.filter((each) => !isRun(each))) await run(`dead=none; ${line}`, { AWS_ONLY_CHECKED: "1" });
  }
  if (failed.length > 0) throw new Refusal(`docs/runbook.md has commands that fail:\n\n${failed.join("\n\n")}`);
}

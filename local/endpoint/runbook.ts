import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { CloudWatchClient, PutMetricAlarmCommand } from "@aws-sdk/client-cloudwatch";
import { DeleteSecretCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { EMULATOR_STAGE } from "#admin/connection/emulator.ts";
import { EnglishRefusal } from "#core/english-refusal.ts";
import { endpointEnvironment } from "#local/endpoint/cdk.ts";
import { practiceElection } from "#local/endpoint/practice-election.ts";
import { pythonWithMinistack } from "#local/endpoint/python.ts";
import { clientConfig } from "#local/services/credentials.ts";

/** Runs what docs/runbook.md tells an operator to type, as it stands there, on the deployed stage and a practice election of it. */

const RUNBOOK = fileURLToPath(new URL("../../docs/runbook.md", import.meta.url));
const AWS = fileURLToPath(new URL("./aws.py", import.meta.url));
const SCRUTIN = fileURLToPath(new URL("../../admin/scrutin.ts", import.meta.url));
const REPOSITORY = fileURLToPath(new URL("../..", import.meta.url));

/**
 * Commands by their beginning that the emulator cannot run, each with the reason. This is the only place that leaves one out; that
 * AWS knows it, and what it is given, is checked all the same.
 */
export const NOT_RUN: Readonly<Record<string, string>> = {
  "errors recount": "the stage for emulators has no scheduled recount, and so no log of one",
  "git checkout": "it would replace the sources under test; npm run deploy, its last part, deployed the stage",
  "npm run load":
    "it starts a laptop's system beside the emulator: too much for two cores; test/load runs what it is made of",
  "npm run rehearsal": "it lives through a day on a laptop's system, and is a test itself",
  "aws service-quotas request-service-quota-increase": "an emulator has no quotas to raise",
  "aws sqs start-message-move-task": "the emulator's queues cannot do it",
  "aws sqs list-message-move-tasks": "the emulator's queues cannot do it",
  "npx scrutin set-aside": "the emulator's queues cannot do it",
  "aws secretsmanager stop-replication-to-replica": "the emulator replicates nothing",
};

const SCRIPT = /^( *)```sh\n([\s\S]*?)\n *```$/gm;
const TYPED = /`((?:aws|curl|errors|depth|npx scrutin|npm run|git) [^`]+)`/g;

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

const OF_AWS = /^(?:aws|errors) /;
const isRun = (line: string): boolean => !Object.keys(NOT_RUN).some((beginning) => line.startsWith(beginning));

/** Commands that come before all others in an election's life, and those that come after its closing. */
const EARLY = [/npx scrutin election open-statement/, /npx scrutin election extend/];
const LATE = [/npx scrutin election close/, /npx scrutin (?:tally|audit)/, /npx scrutin shred/];

/** Commands in the order of an election's life, and otherwise of the document. */
function inOrder(commands: readonly string[]): Readonly<{ open: readonly string[]; closed: readonly string[] }> {
  const found = (patterns: readonly RegExp[]): readonly string[] =>
    patterns.flatMap((pattern) => commands.filter((command) => pattern.test(command)));
  const closed = new Set(found(LATE));
  const open = new Set([...found(EARLY), ...commands]);
  return { open: [...open].filter((command) => !closed.has(command)), closed: [...closed] };
}

/** The operator's terminal: `aws` by botocore, and the practice election where the document has election 1. */
const terminal = (
  functions: string,
  { bin, siteUrl, words }: Readonly<{ bin: string; siteUrl: string; words: ReadonlyMap<string, string> }>,
): string => `set -euo pipefail
# First, whatever the shell's own start put there.
export PATH='${bin}':"$PATH"
${functions}
export STAGE=${EMULATOR_STAGE}
practised() {
  given=()
  for word in "$@"; do
    case "$word" in
${[...words].map(([word, typed]) => `      '${word}') word='${typed}' ;;`).join("\n")}
    esac
    given+=("$word")
  done
}
npx() { practised "\${@:2}"; node '${SCRUTIN}' "\${given[@]}"; }
npm() { (cd '${REPOSITORY}' && command npm --silent "$@"); }
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
  const practice = await practiceElection(folder, siteUrl);
  const environment = endpointEnvironment(url);
  const env = {
    ...environment,
    AWS_CA_BUNDLE: environment.NODE_EXTRA_CA_CERTS,
  };
  const failed: string[] = [];
  const run = async (command: string, more: NodeJS.ProcessEnv = {}): Promise<void> => {
    const child = spawn("bash", ["-c", `${terminal(functions, { bin, siteUrl, words: practice.words })}${command}`], {
      cwd: folder,
      env: { ...env, ...more },
      stdio: ["pipe", "pipe", "pipe"],
    });
    child.stdin.on("error", () => undefined).end(practice.answers);
    let said = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => {
        said += text;
      });
    }
    const [code] = await once(child, "close");
    if (code !== 0) failed.push(`${command}\n${said.trim()}`);
    await practice.hear(said);
  };
  const runAll = async (command: string): Promise<void> => {
    const lines = command.split("\n");
    const script = lines.filter(isRun).join("\n");
    if (script.includes("restore-secret")) await deleteByMistake(url);
    if (script !== "") await run(script);
    const checked = lines.filter((line) => !isRun(line) && OF_AWS.test(line));
    for (const line of checked) await run(`dead=none; ${line}`, { AWS_ONLY_CHECKED: "1" });
  };
  const { open, closed } = inOrder(commands);
  for (const command of open) await runAll(command);
  await practice.untilCertifiable();
  for (const command of closed) await runAll(command);
  if (failed.length > 0) throw new EnglishRefusal(`docs/runbook.md has commands that fail:\n\n${failed.join("\n\n")}`);
}

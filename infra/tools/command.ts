import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { parseArgs } from "node:util";
import { EnglishRefusal } from "#core/english-refusal.ts";
import { Refusal } from "#core/refusal.ts";
import { type Config, readConfig, readStageFile } from "#infra/config.ts";
import { PROJECT } from "#infra/sources.ts";

/** What `npm run deploy` and `npm run destroy` share: arguments, exit codes, and the CDK's command. */

/** 0: done; 1: the CDK failed, and has said why; 2: refused before calling AWS. */
export const EXIT = { done: 0, failed: 1, refused: 2 } as const;

export type Arguments = Readonly<{ stage: string; yes: boolean; check: boolean }>;

/** Reads `--stage NAME`, `--yes`, and for `deploy` also `--check`. @throws Refusal with the command's usage */
export function readArguments(command: "deploy" | "destroy", args: readonly string[]): Arguments {
  const isDeploy = command === "deploy";
  const usage = `Usage: npm run ${command} -- --stage NAME ${isDeploy ? "[--check] " : ""}[--yes]`;
  try {
    const flag = { type: "boolean", default: false } as const;
    const options = { stage: { type: "string" }, yes: flag, check: flag } as const;
    const { values } = parseArgs({ args: [...args], options, strict: true });
    if (values.check && !isDeploy) throw new Error("Only deploy can check.");
    if (values.stage !== undefined) return { ...values, stage: values.stage };
  } catch (error) {
    throw new EnglishRefusal(`${error instanceof Error ? error.message : String(error)}\n${usage}`);
  }
  throw new EnglishRefusal(`Which stage?\n${usage}`);
}

/**
 * The parameters of a stage, which must have a file: a misspelt name must not deploy a second Scrutin.
 * @throws Refusal that says what is wrong with the name or the file
 */
export function configOf(stage: string): Config {
  const config = readConfig(stage);
  if (readStageFile(stage) === undefined) {
    throw new EnglishRefusal(
      `There is no config/${stage}.json. Copy config/dev.json there to make a stage of that name.`,
    );
  }
  if (config.emulator !== undefined && process.env.AWS_ENDPOINT_URL === undefined) {
    throw new EnglishRefusal(
      `Stage ${JSON.stringify(stage)} leaves out what an emulator lacks. Name the emulator in AWS_ENDPOINT_URL; in AWS nothing is left out.`,
    );
  }
  return config;
}

/** Runs the CDK's command in the project's folder, with this terminal. Returns its exit code. */
export function cdk(args: readonly string[]): Promise<number> {
  const child = spawn(process.execPath, [createRequire(import.meta.url).resolve("aws-cdk/bin/cdk"), ...args], {
    cwd: PROJECT,
    stdio: "inherit",
  });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => resolve(code ?? EXIT.failed));
  });
}

/** Runs a command and sets its exit code; prints only the message of a refusal. */
export async function run(command: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await command();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = EXIT.refused;
  }
}

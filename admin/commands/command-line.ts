import { userInfo } from "node:os";
import { type Command, type CommandOptions, InvalidArgumentError } from "commander";
import type { Connection } from "#admin/connection/connection.ts";
import { connectToStage } from "#admin/connection/deployed-stage.ts";
import { connectToLocal } from "#admin/connection/local-system.ts";
import type { OnProgress } from "#admin/shared/progress.ts";
import { progressReporter } from "#admin/terminal/progress.ts";
import { EnglishRefusal } from "#core/english-refusal.ts";

/** What all commands share: which system they reach, how they show progress, where they print. */

const DEFAULT_PORT = 3000;

/** Options of every command against a system. */
export type Reach = { stage?: string };

/** A command against a system: the one on this machine, or a deployed one. */
export function commandOf(
  parent: Command,
  nameAndArguments: string,
  description: string,
  options: CommandOptions = {},
): Command {
  return parent
    .command(nameAndArguments, options)
    .description(description)
    .option("--stage <name>", "a deployed stage, instead of the system on this machine (PORT, default 3000)");
}

function portFromEnvironment(): number {
  const port = Number(process.env.PORT ?? DEFAULT_PORT);
  if (Number.isInteger(port) && port >= 1 && port <= 65_535) return port;
  throw new EnglishRefusal("PORT must be a whole number from 1 to 65535.");
}

export async function withConnection<T>({ stage }: Reach, work: (connection: Connection) => Promise<T>): Promise<T> {
  const connection = await (stage === undefined ? connectToLocal(portFromEnvironment()) : connectToStage(stage));
  try {
    return await work(connection);
  } finally {
    connection.close();
  }
}

export async function withProgress<T>(work: (onProgress: OnProgress) => Promise<T>): Promise<T> {
  const reporter = progressReporter(process.stderr);
  try {
    return await work(reporter.report);
  } finally {
    reporter.stop();
  }
}

export function wholeNumber(text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw new InvalidArgumentError("It must be a whole number.");
  return Number(text);
}

export function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** Who is recorded as having changed an election, unless the officer says otherwise. */
export function loginName(): string {
  try {
    return userInfo().username;
  } catch {
    // A container's user may have no name.
    return "unknown";
  }
}

import { Logger } from "@aws-lambda-powertools/logger";

/**
 * One logger per function; its service comes from the environment. Nothing from a voter is ever logged: no event, body,
 * credential, hash, tracking code or selection.
 */
export const logger = new Logger();

/** Logs an unexpected error by its kind and where it arose. Its message is left out: messages quote what was typed. */
export function logFailure(what: string, error: unknown): void {
  const { name, stack } = error instanceof Error ? error : new Error("not an error object");
  const frames = (stack ?? "").split("\n").filter((line) => line.trimStart().startsWith("at "));
  logger.error(what, { errorName: name, frames });
}

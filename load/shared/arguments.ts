import { type Command, CommanderError, InvalidArgumentError } from "commander";
import { Refusal } from "#core/refusal.ts";

/** Reading a command line: the help when asked for, one sentence when it is wrong. */

/** Reads a whole number within bounds, both included. */
export function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(
      `it is a whole number from ${least.toLocaleString("en")} to ${most.toLocaleString("en")}`,
    );
  };
}

/** Reads a number within bounds, both included, whole or not. */
export function number(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+(\.\d+)?$/.test(text) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`it is a number from ${least.toLocaleString("en")} to ${most.toLocaleString("en")}`);
  };
}

/** Reads one of some words. */
export function oneOf<Word extends string>(words: readonly Word[]): (text: string) => Word {
  return (text) => {
    const word = words.find((one) => one === text);
    if (word !== undefined) return word;
    throw new InvalidArgumentError(`it is one of ${words.join(", ")}`);
  };
}

/** Reads an http or https address and keeps its origin. */
export function httpUrl(text: string): string {
  const protocol = URL.canParse(text) ? new URL(text).protocol : "";
  if (protocol === "http:" || protocol === "https:") return new URL(text).origin;
  throw new InvalidArgumentError("it looks like http://localhost:3000");
}

/** Commander's complaint as one sentence. */
function sentenceOf({ message }: CommanderError): string {
  const text = message
    .replace(/^error: /, "")
    .replace("is invalid. ", "is invalid: ")
    .replaceAll("\n", " ");
  return `${text.charAt(0).toUpperCase()}${text.slice(1).replace(/\.$/, "")} (see --help).`;
}

/** The options given to a command; undefined when its help was asked for and printed. Throws Refusal when they are wrong. */
export function readArguments<Options extends object>(command: Command, args: readonly string[]): Options | undefined {
  command
    .configureOutput({ writeErr: () => {} })
    .allowExcessArguments(false)
    .exitOverride();
  try {
    command.parse(args, { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return undefined;
    throw new Refusal(sentenceOf(error));
  }
  return command.opts<Options>();
}

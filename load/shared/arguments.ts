import { type Command, CommanderError, InvalidArgumentError } from "commander";
import { EnglishRefusal } from "#core/english-refusal.ts";

/** Bounds are included. */
function bounded(kind: string, form: RegExp, least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (form.test(text) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(
      `it is a ${kind} from ${least.toLocaleString("en")} to ${most.toLocaleString("en")}`,
    );
  };
}

export const wholeNumber = (least: number, most: number) => bounded("whole number", /^\d+$/, least, most);
export const number = (least: number, most: number) => bounded("number", /^\d+(\.\d+)?$/, least, most);

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

/** The options given to a command; undefined when help was asked for and printed. Throws Refusal when they are wrong. */
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
    throw new EnglishRefusal(sentenceOf(error));
  }
  return command.opts<Options>();
}

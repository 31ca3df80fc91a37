import { Command, CommanderError, InvalidArgumentError } from "commander";
import { Refusal } from "#admin/refusal.ts";

/** What `npm run load` is asked to do. */

export type LoadOptions = Readonly<{
  votes: number;
  /** Posts per second; undefined for as fast as possible. */
  rate: number | undefined;
  duplicatesPercent: number;
  invalidPercent: number;
  /** Of a system that runs already; undefined to use the one on PORT, or to start one. */
  url: string | undefined;
}>;

const MOST_VOTES = 10_000_000;
const MOST_POSTS_PER_SECOND = 10_000;

function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(
      `it is a whole number from ${least.toLocaleString("en")} to ${most.toLocaleString("en")}`,
    );
  };
}

function httpUrl(text: string): string {
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

/** Reads the arguments after the script's name. Prints the help when asked to and gives undefined; throws Refusal on bad ones. */
export function readLoadOptions(args: readonly string[]): LoadOptions | undefined {
  const command = new Command("npm run load --")
    .description(
      "Votes by artillery against the system that runs on PORT (default 3000), or one started for the run, and says whether every accepted ballot was counted once. " +
        "Nobody else should vote meanwhile: their ballots would look like ballots counted twice.",
    )
    .requiredOption("--votes <number>", "fresh voters, each with one valid ballot", wholeNumber(1, MOST_VOTES))
    .option(
      "--rate <per-second>",
      "posts per second; as fast as 50 virtual users can without it",
      wholeNumber(1, MOST_POSTS_PER_SECOND),
    )
    .option("--duplicates <percent>", "of the voters post a second time, besides", wholeNumber(0, 100), 0)
    .option(
      "--invalid <percent>",
      "posts besides that must never count: half from strangers to the roll, half with a NAS of eight digits",
      wholeNumber(0, 100),
      0,
    )
    .option("--url <url>", "of a system running on this machine, instead of PORT", httpUrl)
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
  const given = command.opts<{ votes: number; rate?: number; duplicates: number; invalid: number; url?: string }>();
  return {
    votes: given.votes,
    rate: given.rate,
    duplicatesPercent: given.duplicates,
    invalidPercent: given.invalid,
    url: given.url,
  };
}

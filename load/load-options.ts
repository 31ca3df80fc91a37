import { Command } from "commander";
import { httpUrl, readArguments, wholeNumber } from "#load/arguments.ts";

/** What `npm run load` is asked to do. */

export type LoadOptions = Readonly<{
  votes: number;
  /** Posts per second; undefined for as fast as possible. */
  rate: number | undefined;
  duplicatesPercent: number;
  invalidPercent: number;
  /** Of a system that runs already; undefined to use the one on PORT, or to start one. */
  url: string | undefined;
  /** Of an emulator of AWS that the stage `endpoint` is deployed at, in place of a system's own URL. */
  endpoint: string | undefined;
}>;

const MOST_VOTES = 1_000_000;
const MOST_POSTS_PER_SECOND = 10_000;

type Given = { votes: number; rate?: number; duplicates: number; invalid: number; url?: string; endpoint?: string };

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
    .option(
      "--duplicates <percent>",
      "of the voters post their ballot a second time, on top of the votes",
      wholeNumber(0, 100),
      0,
    )
    .option(
      "--invalid <percent>",
      "posts on top of the votes that must never count: half from strangers to the roll, half with a NAS of eight digits",
      wholeNumber(0, 100),
      0,
    )
    .option("--url <url>", "of a system running on this machine, instead of PORT", httpUrl)
    .option(
      "--endpoint <url>",
      "of an AWS-compatible endpoint on this machine, where npm run endpoint deployed",
      httpUrl,
    );
  const given = readArguments<Given>(command, args);
  return (
    given && {
      votes: given.votes,
      rate: given.rate,
      duplicatesPercent: given.duplicates,
      invalidPercent: given.invalid,
      url: given.url,
      endpoint: given.endpoint,
    }
  );
}

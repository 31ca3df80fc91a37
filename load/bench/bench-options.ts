import { Command } from "commander";
import { readArguments, wholeNumber } from "#load/shared/arguments.ts";

/** What `npm run bench` is asked to do. */

export type BenchOptions = Readonly<{
  /** Votes of each round, and of the count of operations. */
  votes: number;
  rounds: number;
  /** Voters of the roll that is written and hashed. */
  rollVoters: number;
  /** Votes during which the memory is watched; 0 for none. */
  soakVotes: number;
  /** Folder for CPU profiles; undefined for none. */
  profiles: string | undefined;
  /** File for the figures; undefined for none. */
  json: string | undefined;
}>;

/** Reads the arguments after the script's name. Prints the help when asked to and gives undefined; throws Refusal on bad ones. */
export function readBenchOptions(args: readonly string[]): BenchOptions | undefined {
  const command = new Command("npm run bench --")
    .description(
      "Measures start, sizes, speed, latency and billed operations in one run, and says which targets are met.",
    )
    // The last batch of a round waits up to two seconds for company: of 20,000 votes' time that may be a tenth.
    .option("--votes <number>", "votes of a round, and of the count of operations", wholeNumber(100, 1_000_000), 40_000)
    .option("--rounds <number>", "rounds of sealed and of plain ballots, between bare puts", wholeNumber(1, 100), 3)
    .option("--roll-voters <number>", "voters of the roll", wholeNumber(1, 100_000_000), 1_000_000)
    .option("--soak-votes <number>", "votes during which the memory is watched, too", wholeNumber(0, 10_000_000), 0)
    .option("--profiles <folder>", "profile every process of a run of its own, and write its CPU profile there")
    .option("--json <file>", "write the figures to a file, too");
  const given = readArguments<Omit<BenchOptions, "json" | "profiles"> & { json?: string; profiles?: string }>(
    command,
    args,
  );
  return given && { ...given, profiles: given.profiles, json: given.json };
}

import { Command } from "commander";
import { readArguments, wholeNumber } from "#load/shared/arguments.ts";

export type BenchOptions = Readonly<{
  votes: number;
  rounds: number;
  /** Votes during which the memory is watched; 0 for none. */
  soakVotes: number;
  profiles?: string;
  json?: string;
}>;

export function readBenchOptions(args: readonly string[]): BenchOptions | undefined {
  const command = new Command("npm run bench --")
    .description("Measures start, speed, latency and billed operations in one run, and says which targets are met.")
    // The last batch of a round waits up to two seconds for company, of 20,000 votes' time perhaps a tenth.
    .option("--votes <number>", "votes of a round, and of the count of operations", wholeNumber(100, 1_000_000), 40_000)
    .option("--rounds <number>", "rounds of sealed and of plain ballots, between bare puts", wholeNumber(1, 100), 3)
    .option("--soak-votes <number>", "votes during which the memory is watched, too", wholeNumber(0, 10_000_000), 0)
    .option("--profiles <folder>", "profile every process of a run of its own, and write its CPU profile there")
    .option("--json <file>", "write the figures to a file, too");
  return readArguments<BenchOptions>(command, args);
}

import { Command } from "commander";
import { readArguments, wholeNumber } from "#load/shared/arguments.ts";

export type BenchOptions = Readonly<{
  votes: number;
  rounds: number;
  /** Votes during which the memory is watched; 0 for none. */
  soakVotes: number;
  /** Ballots that trustees open. */
  trusteeBallots: number;
  onlyTrustees?: true;
  growth?: true;
  profiles?: string;
  json?: string;
}>;

export function readBenchOptions(args: readonly string[]): BenchOptions | undefined {
  const command = new Command("npm run bench --")
    .description("Measures start, speed, latency and billed operations in one run, and says which targets are met.")
    // The last batch of a round waits up to two seconds to fill, perhaps a tenth of the time that 20,000 votes take.
    .option("--votes <number>", "votes of a round", wholeNumber(100, 1_000_000), 40_000)
    .option("--rounds <number>", "rounds of sealed and of plain ballots, between bare puts", wholeNumber(1, 100), 3)
    .option("--soak-votes <number>", "also watch the memory during this many votes", wholeNumber(0, 10_000_000), 0)
    .option("--trustee-ballots <number>", "ballots that trustees mix and open", wholeNumber(10, 1_000_000), 1_000)
    .option("--only-trustees", "measure nothing else")
    .option("--growth", "also with 1,000, 10,000 and 50,000 of them, and reckon 8 million: takes an hour")
    .option("--profiles <folder>", "also run with a profiler in every process, and write the CPU profiles there")
    .option("--json <file>", "also write the figures to a file");
  return readArguments<BenchOptions>(command, args);
}

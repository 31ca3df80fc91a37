import { Command } from "commander";
import type { Demand } from "#load/plan/demand.ts";
import type { Contests } from "#load/plan/tally-writes.ts";
import { number, readArguments, wholeNumber } from "#load/shared/arguments.ts";

export type PlanOptions = Readonly<{
  demand: Demand;
  voters: number;
  contests: Contests;
  turnout: number;
  plot?: string;
  /** A run of npm run load to check the simulation against, in place of those kept with the code. */
  check?: string;
}>;

const MOST_VOTERS = 1_000_000_000;
const MOST_REGIONS = 10_000;
const MOST_CHOICES = 1_000_000;
const MOST_HOURS = 30 * 24;
const HIGHEST_PEAK = 100;

type Given = Omit<PlanOptions, "demand" | "contests"> &
  Readonly<{ hours: number; peak: number; regions: number; choices: number; ranked: boolean }>;

export function readPlanOptions(args: readonly string[]): PlanOptions | undefined {
  const command = new Command("npm run plan --")
    .description(
      "Says what an election needs from AWS, what to set and ask for, how long votes will wait, and what it costs.",
    )
    .requiredOption("--voters <number>", "on the roll", wholeNumber(1, MOST_VOTERS))
    .requiredOption("--hours <number>", "that the polls are open", number(0.25, MOST_HOURS))
    .option("--peak <times>", "the busiest second, as a multiple of the average", number(1, HIGHEST_PEAK), 3)
    .option("--turnout <percent>", "of the voters who vote here", wholeNumber(1, 100), 100)
    .option("--regions <number>", "that vote apart, each with its own candidates", wholeNumber(1, MOST_REGIONS), 1)
    .option(
      "--choices <number>",
      "in each region: its candidates, or different rankings",
      wholeNumber(1, MOST_CHOICES),
      8,
    )
    .option("--ranked", "voters rank: each different ranking is counted by itself", false)
    .option("--plot <file>", "write the picture of the day as SVG")
    .option("--check <file>", "compare the simulation with this run of npm run load -- --json <file>");
  const given = readArguments<Given>(command, args);
  if (given === undefined) return undefined;
  const { hours, peak, regions, choices, ranked: isRanked, ...rest } = given;
  const votes = Math.max(1, Math.round((given.voters * given.turnout) / 100));
  return { ...rest, demand: { votes, hours, peak }, contests: { regions, choices, isRanked } };
}

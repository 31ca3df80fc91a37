import { Command } from "commander";
import type { Demand } from "#load/plan/demand.ts";
import type { Contests } from "#load/plan/tally-writes.ts";
import { number, readArguments, wholeNumber } from "#load/shared/arguments.ts";

/** What `npm run plan` is asked. */

export type PlanOptions = Readonly<{
  demand: Demand;
  voters: number;
  contests: Contests;
  turnoutPercent: number;
  /** File for the picture of the day, SVG; undefined for none. */
  plot: string | undefined;
  /** A run of npm run load to check the simulation against; undefined for the one kept with the code. */
  check: string | undefined;
}>;

const MOST_VOTERS = 1_000_000_000;
const MOST_REGIONS = 10_000;
const MOST_CHOICES = 1_000_000;
const MOST_HOURS = 30 * 24;
const HIGHEST_PEAK = 100;

type Given = {
  voters: number;
  hours: number;
  peak: number;
  turnout: number;
  regions: number;
  choices: number;
  ranked: boolean;
  plot?: string;
  check?: string;
};

/** Reads the arguments after the script's name. Prints the help when asked to and gives undefined; throws Refusal on bad ones. */
export function readPlanOptions(args: readonly string[]): PlanOptions | undefined {
  const command = new Command("npm run plan --")
    .description(
      "Says what an election needs of AWS, what to set and to ask for, how long votes will wait, and its price.",
    )
    .requiredOption("--voters <number>", "on the roll", wholeNumber(1, MOST_VOTERS))
    .requiredOption("--hours <number>", "that the polls are open", number(0.25, MOST_HOURS))
    .option("--peak <times>", "the busiest second, as a multiple of the average", number(1, HIGHEST_PEAK), 3)
    .option("--turnout <percent>", "of the voters who vote here", wholeNumber(1, 100), 100)
    .option("--regions <number>", "that vote apart, each with its own candidates", wholeNumber(1, MOST_REGIONS), 1)
    .option("--choices <number>", "of a region: its candidates, or its rankings", wholeNumber(1, MOST_CHOICES), 8)
    .option("--ranked", "voters rank: each different ranking is counted by itself", false)
    .option("--plot <file>", "write the picture of the day as SVG")
    .option("--check <file>", "compare the simulation with this run of npm run load -- --json <file>");
  const given = readArguments<Given>(command, args);
  if (given === undefined) return undefined;
  const { voters, hours, peak, turnout, regions, choices, ranked } = given;
  const votes = Math.max(1, Math.round((voters * turnout) / 100));
  return {
    demand: { votes, hours, peak },
    voters,
    contests: { regions, choices, isRanked: ranked },
    turnoutPercent: turnout,
    plot: given.plot,
    check: given.check,
  };
}

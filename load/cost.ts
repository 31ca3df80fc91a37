#!/usr/bin/env node
import { writeFile } from "node:fs/promises";
import { Command } from "commander";
import { costReport } from "#load/cost/cost-report.ts";
import { isWithinLimits, totalsOf } from "#load/cost/limits.ts";
import { saveMeasuredUse } from "#load/cost/measured-use.ts";
import { DEFAULT_TALLY_WINDOW, EVEN_PACE_PER_SECOND, runMetered } from "#load/cost/metered-run.ts";
import { readArguments, wholeNumber } from "#load/shared/arguments.ts";
import { say } from "#load/shared/report.ts";
import { runCommand } from "#local/loose-ends.ts";

/** `npm run cost`: prices a million voters, all in, from one metered run, and fails when they cost more than promised. */

const EVEN_SECONDS = 20;

type Given = { votes: number; tallyWindow: number; json?: string; save?: boolean };

async function main(): Promise<boolean> {
  const command = new Command("npm run cost --")
    .description(
      "Meters one run on a system of its own and prices it by infra/prices.ts. Exit code 1 when a limit is exceeded.",
    )
    .option("--votes <number>", "votes at full speed", wholeNumber(100, 1_000_000), 10_000)
    .option("--tally-window <seconds>", "tallyBatchWindowSeconds of the stage", wholeNumber(0, 5), DEFAULT_TALLY_WINDOW)
    .option("--json <file>", "also write the measurements and totals to a file")
    .option("--save", "have npm run plan price elections by this run (load/cost/measured-use.json)");
  const given = readArguments<Given>(command, process.argv.slice(2));
  if (given === undefined) return true;
  const run = await runMetered(given.votes, EVEN_SECONDS * EVEN_PACE_PER_SECOND, given.tallyWindow);
  const totals = totalsOf(run);
  say(`\n${costReport(run)}`);
  if (given.json !== undefined) await writeFile(given.json, `${JSON.stringify({ ...run, totals }, null, 2)}\n`);
  if (given.save === true) await saveMeasuredUse(run);
  return isWithinLimits(totals);
}

await runCommand(main);

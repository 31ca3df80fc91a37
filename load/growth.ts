#!/usr/bin/env node
import { writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { Command } from "commander";
import { type GrowthRun, growthPicture, keepGrowthRun } from "#load/growth/growth-runs.ts";
import { measureGrowth } from "#load/growth/measure-growth.ts";
import { readArguments, wholeNumber } from "#load/shared/arguments.ts";
import { say, table } from "#load/shared/report.ts";
import { runCommand } from "#local/loose-ends.ts";

/** `npm run growth`: measures the cost of a vote in an election of a given size, and charts it over all runs so far. */

const PICTURE = fileURLToPath(new URL("../docs/growth.svg", import.meta.url));

function runTable(runs: readonly GrowthRun[]): string {
  return table(
    runs.map(({ votes, regions, perVote: cost }) => [
      `${votes} votes, ${regions} regions`,
      `write units ${cost.writeUnits}, read units ${cost.readUnits}, SQS ${cost.queueRequests}, invocations ${cost.invocations}, CPU ${cost.functionCpuMs ?? "?"} ms`,
    ]),
  );
}

async function main(): Promise<boolean> {
  const command = new Command("npm run growth --")
    .description(
      "Meters one election on its own system, adds the cost of a vote to load/growth/runs.json and draws docs/growth.svg from all runs there.",
    )
    .option("--votes <number>", "votes, sealed by the caller", wholeNumber(100, 10_000_000), 1_000)
    .option("--regions <number>", "regions of the election, of 8 candidates each", wholeNumber(1, 1_000), 1);
  const given = readArguments<{ votes: number; regions: number }>(command, process.argv.slice(2));
  if (given === undefined) return true;
  const runs = await keepGrowthRun(await measureGrowth(given));
  await writeFile(PICTURE, growthPicture(runs));
  say(`Per vote:\n${runTable(runs)}`);
  return true;
}

await runCommand(main);

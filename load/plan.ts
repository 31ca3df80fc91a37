#!/usr/bin/env node
import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { EnglishRefusal } from "#core/english-refusal.ts";
import { readMeasuredUse } from "#load/cost/measured-use.ts";
import { planElection } from "#load/plan/election-plan.ts";
import { type PlanOptions, readPlanOptions } from "#load/plan/plan-options.ts";
import { planPicture, planReport } from "#load/plan/plan-report.ts";
import { agrees, compare } from "#load/plan/self-check.ts";
import { RunRecord } from "#load/scenarios/run-record.ts";
import { grouped } from "#load/shared/report.ts";
import { runCommand } from "#local/loose-ends.ts";

/** `npm run plan`: what an election will need from AWS, and cost. */

/** Runs on the laptop: one whose votes were counted as they came, and one whose count fell behind. */
const KEPT_RUNS = ["laptop-run.json", "laptop-behind-run.json"].map((name) =>
  fileURLToPath(new URL(`plan/${name}`, import.meta.url)),
);

async function readRun(file: string): Promise<RunRecord> {
  const text = await readFile(file, "utf8").catch(() => undefined);
  if (text === undefined)
    throw new EnglishRefusal(`${file} cannot be read. Make it with npm run load -- --json ${file}.`);
  try {
    return RunRecord.parse(JSON.parse(text));
  } catch {
    throw new EnglishRefusal(`${file} is not a run of npm run load -- --json <file>.`);
  }
}

function nameOf({ scenario, votes, startedAt }: RunRecord): string {
  return `npm run load, ${scenario ?? "no scenario"}, ${grouped(votes)} votes, ${startedAt.slice(0, "2026-11-21".length)}`;
}

function contestsNamed({ regions, choices, isRanked }: PlanOptions["contests"]): string {
  const contestChoices = `${grouped(choices)} ${isRanked ? "rankings" : "choices"}`;
  return regions === 1 ? `one region, ${contestChoices}` : `${grouped(regions)} regions, ${contestChoices} each`;
}

async function main(): Promise<boolean> {
  const options = readPlanOptions(process.argv.slice(2));
  if (options === undefined) return true;
  const { demand, voters, contests, turnout, plot, check } = options;
  const use = await readMeasuredUse();
  const runs = await Promise.all((check === undefined ? KEPT_RUNS : [check]).map(readRun));
  const plan = planElection(demand, voters, contests, use);
  const checks = runs.map((run) => ({ run: nameOf(run), comparisons: compare(run) }));
  process.stdout.write(
    `${grouped(voters)} voters, ${turnout} % of whom vote, in ${demand.hours} h; ${contestsNamed(contests)}\n${planReport(plan, use, checks)}\n`,
  );
  if (plot !== undefined) await writeFile(plot, planPicture(plan, demand.hours));
  return checks.every(({ comparisons }) => comparisons.every(agrees));
}

await runCommand(main);

#!/usr/bin/env node
import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { Refusal } from "#functions/shared/refusal.ts";
import { readMeasuredUse } from "#load/cost/measured-use.ts";
import { runCommand } from "#load/loose-ends.ts";
import { peakRate } from "#load/plan/demand.ts";
import { MOST_VOTES_PER_SECOND, planElection, sizeFor } from "#load/plan/election-plan.ts";
import { type PlanOptions, readPlanOptions } from "#load/plan/plan-options.ts";
import { planPicture, planReport } from "#load/plan/plan-report.ts";
import { agrees, compare } from "#load/plan/self-check.ts";
import { grouped } from "#load/report.ts";
import { RunRecord } from "#load/scenarios/run-record.ts";

/** `npm run plan`: what an election will need of AWS and cost, said beforehand. */

const KEPT_RUN = fileURLToPath(new URL("plan/laptop-run.json", import.meta.url));

async function readRun(file: string): Promise<RunRecord> {
  const text = await readFile(file, "utf8").catch(() => undefined);
  if (text === undefined) throw new Refusal(`${file} cannot be read. Make it with npm run load -- --json ${file}.`);
  try {
    return RunRecord.parse(JSON.parse(text));
  } catch {
    throw new Refusal(`${file} is not a run of npm run load -- --json <file>.`);
  }
}

function refuseTooMany({ demand }: PlanOptions): void {
  const size = sizeFor(peakRate(demand));
  if (size <= MOST_VOTES_PER_SECOND) return;
  throw new Refusal(
    `${grouped(size)} votes in the busiest second are more than one stage takes (${grouped(MOST_VOTES_PER_SECOND)}): open the polls for longer, or divide the election by regions into several stages.`,
  );
}

async function main(): Promise<boolean> {
  const options = readPlanOptions(process.argv.slice(2));
  if (options === undefined) return true;
  refuseTooMany(options);
  const { demand, voters, turnoutPercent, plot, check } = options;
  const [use, run] = await Promise.all([readMeasuredUse(), readRun(check ?? KEPT_RUN)]);
  const plan = planElection(demand, voters, use);
  const comparisons = compare(run);
  const checkedRun = `npm run load, ${run.scenario ?? "no scenario"}, ${grouped(run.votes)} votes, ${run.startedAt.slice(0, 10)}`;
  process.stdout.write(
    `${grouped(voters)} voters, ${turnoutPercent} % of whom vote, in ${demand.hours} h\n${planReport(plan, use, comparisons, checkedRun)}\n`,
  );
  if (plot !== undefined) await writeFile(plot, planPicture(plan, demand.hours));
  return comparisons.every(agrees);
}

await runCommand(main);

#!/usr/bin/env node
import { randomInt } from "node:crypto";
import { progressReporter } from "#admin/progress.ts";
import { Refusal } from "#functions/shared/refusal.ts";
import { artilleryClient, VIRTUAL_USERS } from "#load/artillery.ts";
import { drawBallots, planRun } from "#load/ballots.ts";
import { openElections } from "#load/demo-elections.ts";
import { enrol, inventCredentials } from "#load/enrolment.ts";
import { type LoadOptions, readLoadOptions } from "#load/load-options.ts";
import { runCommand } from "#load/loose-ends.ts";
import { grouped, keptThePromise, runReport } from "#load/report.ts";
import { findSystem, type RunningSystem, startSystem, systemAtEndpoint } from "#load/running-system.ts";
import { runVotes } from "#load/vote-run.ts";

/** `npm run load`: votes against a system, then says whether every accepted ballot was counted, and counted once. */

const DEFAULT_PORT = 3000;

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

type SystemInUse = RunningSystem & Readonly<{ stop?: () => Promise<void> }>;

function portOf(url: string | undefined): number {
  if (url === undefined) return Number(process.env.PORT ?? DEFAULT_PORT);
  const { port, protocol } = new URL(url);
  return Number(port || (protocol === "https:" ? 443 : 80));
}

/** The system that runs, or one started for the run. */
async function systemFor(options: LoadOptions): Promise<SystemInUse> {
  if (options.endpoint !== undefined) return systemAtEndpoint(options.endpoint);
  const port = portOf(options.url);
  const running = await findSystem(port);
  if (running !== undefined) return running;
  if (options.url !== undefined) throw new Refusal(`No Scrutin of this machine is running at ${options.url}.`);
  say(`No Scrutin is running on port ${port}: starting one for this run.`);
  return startSystem(port);
}

function share(votes: number, percent: number): number {
  return Math.round((votes * percent) / 100);
}

async function run(options: LoadOptions, system: RunningSystem): Promise<boolean> {
  const definitions = (await openElections(system.url, Date.now())).map(({ definition }) => definition);
  const credentials = await inventCredentials(options.votes + share(options.votes, options.invalidPercent));
  const ballots = drawBallots(definitions, credentials.slice(0, options.votes), randomInt);
  const strangers = drawBallots(definitions, credentials.slice(options.votes), randomInt);
  const plan = planRun(ballots, share(options.votes, options.duplicatesPercent), strangers, randomInt);

  say(`Entering ${grouped(ballots.length)} fresh voters on the roll.`);
  await enrol(
    system,
    ballots.map(({ voter }) => voter),
  );

  const pace =
    options.rate === undefined ? `by ${VIRTUAL_USERS} virtual users` : `at ${grouped(options.rate)} a second`;
  say(`Posting ${grouped(plan.length)} ballots to ${system.url} ${pace}.`);
  const progress = progressReporter(process.stdout);
  try {
    const voteRun = await runVotes(system, plan, artilleryClient(options.rate), (counted) =>
      progress.report({ step: "counting", done: counted, total: options.votes }),
    );
    progress.stop();
    say(`\n${runReport(voteRun, "artillery (its own work, about 2 ms a post, takes its share of this machine)")}`);
    return keptThePromise(voteRun);
  } finally {
    progress.stop();
  }
}

async function main(): Promise<boolean> {
  const options = readLoadOptions(process.argv.slice(2));
  if (options === undefined) return true;
  const system = await systemFor(options);
  try {
    return await run(options, system);
  } finally {
    await system.stop?.();
  }
}

await runCommand(main);

#!/usr/bin/env node
import { randomInt } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { progressReporter } from "#admin/progress.ts";
import { Refusal } from "#functions/shared/refusal.ts";
import { artilleryClient, VIRTUAL_USERS } from "#load/artillery.ts";
import type { PlannedPost } from "#load/ballots.ts";
import { openElections } from "#load/demo-elections.ts";
import { enrol, inventCredentials } from "#load/enrolment.ts";
import { type LoadOptions, readLoadOptions } from "#load/load-options.ts";
import { runCommand } from "#load/loose-ends.ts";
import { grouped, keptThePromise, milliseconds, runSummary, table } from "#load/report.ts";
import {
  findSystem,
  type SystemUnderLoad,
  startSystem,
  systemAtEndpoint,
  systemAtStage,
} from "#load/running-system.ts";
import { credentialsFor, planScenario } from "#load/scenarios/ballot-plan.ts";
import { registerClosingElection } from "#load/scenarios/closing-polls.ts";
import { EXIT, missedObjectives } from "#load/scenarios/objectives.ts";
import { paceOf } from "#load/scenarios/phases.ts";
import { reportPage } from "#load/scenarios/report-page.ts";
import { recordRun } from "#load/scenarios/run-record.ts";
import type { Look } from "#load/tallies.ts";
import { type Outcome, runVotes } from "#load/vote-run.ts";

/** `npm run load`: votes against a system, then says whether every accepted ballot was counted, and counted once. */

const DEFAULT_PORT = 3000;
/** Before its first post. */
const ARTILLERY_STARTS_MS = 4_000;
/** The polls are open for this share of the posts. */
const OPEN_SHARE = 0.9;
/** What viewers look at, in turn. */
const RESULTS = ["/api/v1/results/L2025-001", "/api/v1/elections/1/results", "/api/v1/elections/2/results"] as const;

type Views = readonly (Outcome | undefined)[];

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

type SystemInUse = SystemUnderLoad & Readonly<{ stop?: () => Promise<void> }>;

function portOf(url: string | undefined): number {
  if (url === undefined) return Number(process.env.PORT ?? DEFAULT_PORT);
  const { port, protocol } = new URL(url);
  return Number(port || (protocol === "https:" ? 443 : 80));
}

/** The system that runs, or one started for the run. */
async function systemFor(options: LoadOptions): Promise<SystemInUse> {
  if (options.stage !== undefined) return systemAtStage(options.stage);
  if (options.endpoint !== undefined) return systemAtEndpoint(options.endpoint);
  const port = portOf(options.url);
  const running = await findSystem(port);
  if (running !== undefined) return running;
  if (options.url !== undefined) throw new Refusal(`No Scrutin of this machine is running at ${options.url}.`);
  say(`No Scrutin is running on port ${port}: starting one for this run.`);
  return startSystem(port);
}

type Prepared = Readonly<{ posts: readonly PlannedPost[]; openFor: ((ms: number) => Promise<void>) | undefined }>;

/** Voters on the roll and a plan of posts; an election of its own where the polls close meanwhile. */
async function prepare({ votes, scenario }: LoadOptions, system: SystemUnderLoad): Promise<Prepared> {
  const open = await openElections(system.url, Date.now());
  const race = open.find(({ definition }) => definition.votingMethod === "single_choice");
  const closing =
    scenario.closes && race !== undefined
      ? await registerClosingElection(system, race.definition, Date.now())
      : undefined;
  const elections = closing === undefined ? open : [closing.election];
  const credentials = await inventCredentials(credentialsFor(votes, scenario));
  const { ballots, posts } = await planScenario(scenario, elections, votes, credentials, randomInt);
  say(`Entering ${grouped(ballots.length)} fresh voters on the roll.`);
  await enrol(
    system,
    ballots.map(({ voter }) => voter),
  );
  return { posts, openFor: closing?.openFor };
}

/** Looks at the results of the demo elections for as long as posts take; undefined in a scenario without viewers. */
function watchResults(url: string, perSecond: number, seconds: number): Promise<Views> | undefined {
  if (perSecond === 0) return undefined;
  const requests = Math.max(1, Math.round(perSecond * seconds));
  const plan = Array.from({ length: requests }, (_, look): PlannedPost => {
    const path = RESULTS[look % RESULTS.length] ?? "";
    return { path, body: "", expectation: "not-counted" };
  });
  return artilleryClient([{ requests, seconds }], "get")(url, plan);
}

async function run(options: LoadOptions, system: SystemUnderLoad): Promise<number> {
  const { scenario, scenarioName, rate, votes } = options;
  if (scenarioName !== undefined) say(`${scenarioName}: ${scenario.what}.`);
  const { posts, openFor } = await prepare(options, system);
  const pace = paceOf(scenario.shape, posts.length, rate);
  const seconds = rate === undefined ? 0 : posts.length / rate;
  // The last posts come when the polls are closed.
  await openFor?.(ARTILLERY_STARTS_MS + seconds * OPEN_SHARE * 1000);

  const how =
    pace === "as-fast-as-it-goes"
      ? `by ${VIRTUAL_USERS} virtual users`
      : `at ${grouped(rate ?? 0)} a second on average`;
  say(`Posting ${grouped(posts.length)} ballots to ${system.url} ${how}.`);
  const progress = progressReporter(process.stdout);
  const looks: Look[] = [];
  try {
    const viewing = watchResults(system.url, scenario.viewersPerSecond, seconds);
    const voteRun = await runVotes(system, posts, artilleryClient(pace), (look) => {
      looks.push(look);
      progress.report({ step: "counting", done: look.counted, total: votes });
    });
    progress.stop();
    const record = recordRun({ scenario: scenarioName, votes, run: voteRun, looks, views: await viewing });
    const missed = missedObjectives(record, options.p95Ms);
    const summary = runSummary(voteRun, "artillery (its own work, about 2 ms a post, takes its share of this machine)");
    say(`\n${[table(summary), ...missed].join("\n")}`);
    if (record.views !== undefined) {
      say(`results: ${grouped(record.views.looks)} looks, 95 % within ${milliseconds(record.views.p95Ms ?? 0)}`);
    }
    if (options.report !== undefined) await writeFile(options.report, reportPage(record, summary, missed));
    if (options.json !== undefined) await writeFile(options.json, `${JSON.stringify(record)}\n`);
    if (!keptThePromise(voteRun)) return EXIT.brokenPromise;
    return missed.length > 0 ? EXIT.missedObjective : EXIT.kept;
  } finally {
    progress.stop();
  }
}

async function main(): Promise<number> {
  const options = readLoadOptions(process.argv.slice(2));
  if (options === undefined) return EXIT.kept;
  const system = await systemFor(options);
  try {
    return await run(options, system);
  } finally {
    await system.stop?.();
  }
}

await runCommand(main);

#!/usr/bin/env node
import { randomInt } from "node:crypto";
import { progressReporter, type Reporter } from "#admin/terminal/progress.ts";
import { artilleryClient, VIRTUAL_USERS } from "#load/clients/artillery.ts";
import { bareClient } from "#load/clients/bare-posting.ts";
import type { Outcomes } from "#load/clients/files.ts";
import { paceOf } from "#load/clients/phases.ts";
import { keptThePromise, runSummary } from "#load/clients/run-summary.ts";
import { runVotes } from "#load/clients/vote-run.ts";
import { credentialsFor, planScenario } from "#load/scenarios/ballot-plan.ts";
import { openFor, registerClosingElection } from "#load/scenarios/closing-polls.ts";
import { type LoadOptions, readLoadOptions } from "#load/scenarios/load-options.ts";
import { EXIT, objectivesOf } from "#load/scenarios/objectives.ts";
import { reportPage } from "#load/scenarios/report-page.ts";
import { requireWritable, writeRunFile } from "#load/scenarios/run-files.ts";
import { type RunRecord, recordRun } from "#load/scenarios/run-record.ts";
import { type SystemInUse, systemFor } from "#load/scenarios/system-in-use.ts";
import type { PlannedPost, PostPlan } from "#load/shared/ballots.ts";
import { inventCredentials } from "#load/shared/credentials.ts";
import { type OpenElection, openElections } from "#load/shared/elections.ts";
import { enrol } from "#load/shared/enrolment.ts";
import { grouped, milliseconds, say, table } from "#load/shared/report.ts";
import type { Look } from "#load/shared/tallies.ts";
import { runCommand } from "#local/loose-ends.ts";

/** `npm run load`: votes against a system, then says whether every accepted ballot was counted once. */

const CLIENTS = {
  artillery: { post: artilleryClient, startsMs: 4_000, name: "artillery", ownMsAPost: 2 },
  bare: { post: bareClient, startsMs: 500, name: "the bare client", ownMsAPost: 0.3 },
} as const;
/** While the plan is written, before the first post. */
const POSTS_WRITTEN_PER_MS = 100;
/** The polls are open for this share of the posts. */
const OPEN_SHARE = 0.9;
/** What viewers request, in turn. */
const RESULTS = ["/api/v1/results/L2025-001", "/api/v1/elections/1/results", "/api/v1/elections/2/results"] as const;

type Prepared = Readonly<{ posts: PostPlan; closing: OpenElection | undefined }>;

/** Enrols voters and plans the posts; in an election made for this run where the polls close meanwhile. */
async function prepare(options: LoadOptions, system: SystemInUse, { report }: Reporter): Promise<Prepared> {
  const { votes, kind } = options;
  const open = await openElections(system.url, Date.now());
  const race = open.find(({ definition }) => definition.votingMethod === "single_choice");
  const closing =
    kind.closes && race !== undefined ? await registerClosingElection(system, race.definition, Date.now()) : undefined;
  const elections = closing === undefined ? open : [closing];
  const credentials = await inventCredentials(credentialsFor(votes, kind), report);
  const hasAddresses = system.believesAddresses && options.oneAddress !== true;
  const { voters, posts } = planScenario(kind, elections, votes, credentials, randomInt, hasAddresses);
  say(`Entering ${grouped(votes)} fresh voters on the roll.`);
  await enrol(system, voters, report);
  return { posts, closing };
}

/** Requests the results of the demo elections while posts are sent; undefined in a scenario without viewers. */
function watchResults({ client, kind }: LoadOptions, url: string, seconds: number): Promise<Outcomes> | undefined {
  if (kind.viewersPerSecond === 0) return undefined;
  const requests = Math.max(1, Math.round(kind.viewersPerSecond * seconds));
  const plan = Array.from({ length: requests }, (_, look): PlannedPost => {
    const path = RESULTS[look % RESULTS.length] ?? "";
    return { path, body: "", expectation: "not-counted" };
  });
  return CLIENTS[client].post([{ requests, seconds }], "get")(url, plan);
}

function looksRow({ views }: RunRecord): readonly (readonly [name: string, value: string])[] {
  if (views === undefined) return [];
  const { looks, failed, p95Ms } = views;
  const time = p95Ms === null ? "" : `, 95 % within ${milliseconds(p95Ms)}`;
  return [["requests for results", `${grouped(looks)}, ${grouped(failed)} failed${time}`]];
}

async function run(options: LoadOptions, system: SystemInUse, progress: Reporter): Promise<number> {
  const { kind, scenario, rate, votes } = options;
  const { post, startsMs, name, ownMsAPost } = CLIENTS[options.client];
  if (scenario !== undefined) say(`${scenario}: ${kind.what}.`);
  const { posts, closing } = await prepare(options, system, progress);
  progress.stop();
  const pace = paceOf(kind.shape, posts.length, rate);
  const seconds = rate === undefined ? 0 : posts.length / rate;
  if (closing !== undefined) {
    // The last posts come after the polls have closed.
    const openMs = startsMs + posts.length / POSTS_WRITTEN_PER_MS + seconds * OPEN_SHARE * 1000;
    await openFor(system, closing.definition, openMs);
  }

  const isPaced = pace !== "as-fast-as-it-goes";
  const how = isPaced ? `at ${grouped(rate ?? 0)} a second on average` : `by ${VIRTUAL_USERS} virtual users`;
  const hasAddresses = system.believesAddresses && options.oneAddress !== true;
  const from = hasAddresses ? "each voter from an address of their own" : "all from one address";
  say(`Posting ${grouped(posts.length)} ballots to ${system.url} by ${name}, ${how}, ${from}.`);
  const looks: Look[] = [];
  const viewing = watchResults(options, system.url, seconds);
  const voteRun = await runVotes(system, posts, post(pace, "post", progress.report), (look) => {
    looks.push(look);
    progress.report({ step: "counting", done: look.counted, total: votes });
  });
  progress.stop();
  const record = recordRun(scenario, votes, voteRun, looks, await viewing);
  const objectives = objectivesOf(record, options.p95Ms);
  const missed = objectives.filter(({ isMet }) => !isMet);
  const measuredBy = `${name} (its own work, about ${ownMsAPost} ms a post, takes its share of this machine)`;
  const summary = [...runSummary(voteRun, measuredBy), ...looksRow(record)];
  say(`\n${[table(summary), ...missed.map(({ sentence }) => sentence)].join("\n")}`);
  await writeRunFile(options.report, () => reportPage(record, posts.length, summary, objectives));
  await writeRunFile(options.json, () => `${JSON.stringify(record)}\n`);
  if (!keptThePromise(voteRun)) return EXIT.brokenPromise;
  return missed.length > 0 ? EXIT.missedObjective : EXIT.kept;
}

async function main(): Promise<number> {
  const options = readLoadOptions(process.argv.slice(2));
  if (options === undefined) return EXIT.kept;
  await requireWritable(options.report, options.json);
  const system = await systemFor(options, say);
  const progress = progressReporter(process.stdout);
  try {
    return await run(options, system, progress);
  } finally {
    progress.stop();
    await system[Symbol.asyncDispose]?.();
  }
}

await runCommand(main);

#!/usr/bin/env node
import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { progressReporter } from "#admin/terminal/progress.ts";
import { measureBarePuts } from "#load/bench/bare-puts.ts";
import { type BenchOptions, readBenchOptions } from "#load/bench/bench-options.ts";
import { measureColdStarts } from "#load/bench/cold-start.ts";
import { measureNationalResults, measureViewers } from "#load/bench/national-results.ts";
import { measureOperations } from "#load/bench/operations.ts";
import { measureRankedCount } from "#load/bench/ranked-count.ts";
import { measureSoak, measureStart } from "#load/bench/start-and-memory.ts";
import { measureTallyAlone } from "#load/bench/tally-alone.ts";
import { measurePacedPosts, measureThroughput, PACE_PER_SECOND } from "#load/bench/throughput.ts";
import { growthTable, measureStages, stageFigures } from "#load/bench/trustee-ballots.ts";
import { runFlawlessly } from "#load/clients/flawless-run.ts";
import { startMeteredSystem } from "#load/metering/metered-system.ts";
import { enrolElectorate, planPosts } from "#load/shared/electorate.ts";
import { type Figure, figuresTable, isPassed } from "#load/shared/figures.ts";
import { say } from "#load/shared/report.ts";
import { startSystem } from "#load/shared/running-system.ts";
import { runCommand } from "#local/loose-ends.ts";
import { startSystem as startSystemHere } from "#local/system.ts";

/** `npm run bench`: measures every figure of docs/performance.md in one run, on its own systems, and compares it with what was promised. */

const PACED_SECONDS = 15;
const GROWTH_SIZES = [1_000, 10_000, 50_000] as const;
/** Operations per vote are the same at any number; through the meter 10,000 votes take a minute. */
const ENOUGH_TO_COUNT = 10_000;

async function measureAsStarted({ votes, rounds }: BenchOptions): Promise<readonly Figure[]> {
  say("Starting a system.");
  await using system = await startSystem();
  const paced = PACE_PER_SECOND * PACED_SECONDS;
  say("Entering voters on the roll.");
  const sealedByCaller = paced + (rounds + 1) * votes;
  const ballots = await enrolElectorate(system, sealedByCaller + rounds * votes);
  const plan = await planPosts(ballots.slice(0, sealedByCaller), "all");
  const measured = plan.slice(votes + paced);
  const plain = await planPosts(ballots.slice(sealedByCaller), "none");

  // A round that is not measured: Node and Java compile what runs often, which takes far less than a polling day. After
  // 20,000 votes the database's compiler still takes a sixth of a core.
  say("Warming up.");
  await measureBarePuts(system.endpoints.dynamodb, votes);
  await runFlawlessly(system, plan.slice(0, votes));
  say(`Putting and voting ${votes} in turn, rounds: ${rounds}.`);
  const throughput = await measureThroughput(
    system,
    Array.from({ length: rounds }, (_, round) => {
      const [from, to] = [round * votes, (round + 1) * votes];
      return { sealed: measured.slice(from, to), plain: plain.slice(from, to) };
    }),
  );
  say(`Voting at an even pace for ${PACED_SECONDS} s.`);
  const latency = await measurePacedPosts(system, plan.slice(votes, votes + paced));
  say("Asking for the results of a national election.");
  return [...throughput, ...latency, await measureNationalResults(system)];
}

/** Each function by itself: how long it takes to import, and how fast the tally counts. */
async function measureFunctions(): Promise<readonly Figure[]> {
  const system = await startSystemHere({ port: 0 });
  try {
    say("Loading each function in a fresh process.");
    const coldStarts = await measureColdStarts(system);
    say("Counting full batches of the stream.");
    return [...coldStarts, ...(await measureTallyAlone(system))];
  } finally {
    await system.stop();
  }
}

/** What is counted rather than timed, on a system whose every request passes a meter. */
async function measureMetered({ votes }: BenchOptions): Promise<readonly Figure[]> {
  await using system = await startMeteredSystem();
  const counted = Math.min(votes, ENOUGH_TO_COUNT);
  say(`Counting the operations of ${counted} votes on a metered system.`);
  const operations = await measureOperations(system, counted);
  say("Letting viewers look at national results.");
  return [...operations, await measureViewers(system)];
}

/** Votes once more under Node's profiler, whose cost must not be in any figure. */
async function profile(votes: number, profiles: string): Promise<void> {
  say(`Profiling ${votes} votes.`);
  const profiling = ["--cpu-prof", `--cpu-prof-dir=${resolve(profiles)}`];
  await using system = await startSystem({ nodeOptions: profiling });
  await runFlawlessly(system, await planPosts(await enrolElectorate(system, votes), "all"));
  say(`  ${profiles}: a flame graph each, in Chrome's developer tools (Performance, load profile).`);
}

/** Ballots that trustees open, in this process; at several sizes where growth is asked for. */
async function measureTrustees({ trusteeBallots, growth }: BenchOptions): Promise<readonly Figure[]> {
  const progress = progressReporter(process.stdout);
  try {
    say(`Casting, mixing and opening ${trusteeBallots} ballots as trustees do.`);
    const measured = await measureStages(trusteeBallots, progress.report);
    if (growth === true) {
      const sizes = [];
      for (const size of GROWTH_SIZES) sizes.push(await measureStages(size, progress.report));
      say(growthTable(sizes));
    }
    return stageFigures(measured);
  } finally {
    progress.stop();
  }
}

async function main(): Promise<boolean> {
  const options = readBenchOptions(process.argv.slice(2));
  if (options === undefined) return true;
  const { votes, soakVotes, profiles, json } = options;
  if (options.onlyTrustees === true) {
    say(figuresTable(await measureTrustees(options)));
    return true;
  }
  // See local/services/dynamodb-local.ts.
  process.env.SCRUTIN_RUNS_LONG = "1";
  say("Starting a system twice, and voting.");
  const figures = [...(await measureStart()), ...(await measureAsStarted(options))];
  say("Counting ranked ballots.");
  figures.push(measureRankedCount(), ...(await measureTrustees(options)));
  figures.push(...(await measureFunctions()), ...(await measureMetered(options)));
  if (soakVotes > 0) {
    say(`Watching the memory during ${soakVotes} votes.`);
    figures.push(await measureSoak(soakVotes));
  }
  if (profiles !== undefined) await profile(votes, profiles);
  say(`\n${figuresTable(figures)}`);
  if (json !== undefined) await writeFile(json, `${JSON.stringify(figures, null, 2)}\n`);
  return isPassed(figures);
}

await runCommand(main);

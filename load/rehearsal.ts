#!/usr/bin/env node
import { cp, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import * as z from "zod";
import { certifyElection } from "#admin/certification/certify.ts";
import { recountTallies } from "#admin/certification/recount.ts";
import { shredPepper } from "#admin/certification/shred.ts";
import { verifyBundle } from "#admin/certification/verify.ts";
import type { Connection } from "#admin/connection/connection.ts";
import { fetchElection, fetchResults } from "#admin/elections/published-results.ts";
import { extendElection } from "#admin/elections/times.ts";
import { canonicalJson } from "#core/canonical-json.ts";
import { type ContestResult, certifiedResult } from "#core/certified-result.ts";
import { contestRegionIds } from "#core/contest.ts";
import type { ElectionDefinition } from "#core/election.ts";
import { bareClient } from "#load/clients/bare-posting.ts";
import { runVotes } from "#load/clients/vote-run.ts";
import { ATTEMPTS, type Polling, planPolling, rollOf } from "#load/rehearsal/polling.ts";
import { Protocol } from "#load/rehearsal/protocol.ts";
import { credentialOf, inventCredentials } from "#load/shared/credentials.ts";
import { type OpenElection, openBetween, openElection, registerElection } from "#load/shared/elections.ts";
import { enrol } from "#load/shared/enrolment.ts";
import { exchange } from "#load/shared/exchange.ts";
import { say } from "#load/shared/report.ts";
import { connectTo, type RunningSystem, startSystem } from "#load/shared/running-system.ts";
import { inTemporaryFolder, runCommand } from "#local/loose-ends.ts";
import { isLaw } from "#published/figures.ts";
import { readDefinition } from "#storage/definition-file.ts";

/**
 * `npm run rehearsal`: a law, a single choice, marks for several seats, a ranked choice and a single transferable vote from
 * definition to verified result, by 2,000 voters in three regions, on its own system; each number is compared with what it must be.
 */

const VOTERS = 2_000;
const REHEARSED = ["law-L2025-001", "election-1", "election-4", "election-2", "election-5"] as const;
const DEFINITIONS = fileURLToPath(new URL("../elections", import.meta.url));
const OFFICER = "rehearsal";

const OPEN_FOR_MS = 90_000;
/** The rolls are imported before. */
const UPCOMING_FOR_MS = 3_600_000;
const EXTENDED_BY_MS = 30_000;
/** Functions keep a definition for 5 s; an extension must reach them before the closing they know. */
const EXTENDED_AHEAD_MS = 20_000;
/** Certification waits for a minute after closing; a second more for the clock. */
const SETTLED_AFTER_MS = 61_000;

const Receipt = z.object({ tracking_code: z.string() });

/** Registers the elections, enrols their voters and opens the polls. The ballots are planned by what it returns. */
async function prepare(
  system: RunningSystem,
  connection: Connection,
): Promise<Readonly<{ definitions: readonly ElectionDefinition[]; plan: () => Promise<readonly Polling[]> }>> {
  const invented = await inventCredentials(VOTERS + ATTEMPTS.strangers);
  const credentials = Array.from({ length: invented.length }, (_, number) => credentialOf(invented, number));
  const [voters, strangers] = [credentials.slice(0, VOTERS), credentials.slice(VOTERS)];
  const read = await Promise.all(REHEARSED.map((name) => readDefinition(join(DEFINITIONS, `${name}.json`))));
  const upcomingMs = Date.now() + UPCOMING_FOR_MS;
  for (const definition of read) {
    await registerElection(connection, openBetween(definition, upcomingMs, upcomingMs + OPEN_FOR_MS), OFFICER);
  }
  const rolls = read.map((definition) => rollOf(definition, voters));
  await enrol(system, rolls.flat());
  const nowMs = Date.now();
  const definitions = read.map((definition) => openBetween(definition, nowMs - OPEN_FOR_MS, nowMs + OPEN_FOR_MS));
  const elections: OpenElection[] = [];
  for (const definition of definitions) elections.push(await openElection(connection, definition, OFFICER));
  return {
    definitions,
    async plan() {
      const pollings: Polling[] = [];
      for (const [index, election] of elections.entries()) {
        pollings.push(await planPolling(election, rolls[index] ?? [], strangers, index * VOTERS));
      }
      return pollings;
    },
  };
}

/** Extends the closing of all elections for as long as people vote. Returns the instant at which they close. */
async function keepOpen(
  connection: Connection,
  definitions: readonly ElectionDefinition[],
  voting: Promise<unknown>,
): Promise<number> {
  let closesAtMs = Math.min(...definitions.map(({ closesAt }) => Date.parse(closesAt)));
  let isVoting = true;
  const voted = voting.finally(() => {
    isVoting = false;
  });
  while (isVoting) {
    if (closesAtMs - Date.now() < EXTENDED_AHEAD_MS) {
      closesAtMs += EXTENDED_BY_MS;
      const closesAt = new Date(closesAtMs).toISOString();
      const extended = definitions.map(({ electionId }) =>
        extendElection(connection, electionId, closesAt, { who: OFFICER, confirm: async () => true }),
      );
      await Promise.all(extended);
    }
    await Promise.race([pause(1_000), voted]);
  }
  return closesAtMs;
}

/** Hands everything in, the attempts that must change nothing last. Returns the witnesses' tracking codes. */
async function handIn(
  system: RunningSystem,
  pollings: readonly Polling[],
  protocol: Protocol,
): Promise<readonly string[]> {
  const first = pollings.flatMap(({ firstBallots }) => firstBallots);
  const { account } = await runVotes(system, first, bareClient());
  protocol.note("first ballots accepted (202)", first.length, account.accepted);
  protocol.note("counted", first.length, account.counted);
  protocol.note("lost", 0, account.lost);
  protocol.note("counted twice", 0, account.countedTwice);

  const receipts = pollings.map(async ({ witness: { path, body } }) => {
    const { text } = await exchange(`${system.url}${path}`, body);
    return Receipt.parse(JSON.parse(text)).tracking_code;
  });
  const trackingCodes = await Promise.all(receipts);
  const refused = pollings.flatMap((polling) => polling.refused);
  const again = (await runVotes(system, refused, bareClient())).account;
  const misspelt = pollings.length * ATTEMPTS.wrongForm;
  protocol.note("further attempts accepted (202)", refused.length - misspelt, again.accepted);
  protocol.note("refused for their form (400)", misspelt, again.refused.get(400) ?? 0);
  return trackingCodes;
}

function noteContest(protocol: Protocol, name: string, mustBe: ContestResult, is: ContestResult | undefined): void {
  const { votes, blank, spoiled, outcome, marked, transferred, ranked } = mustBe;
  protocol.noteEach(`${name}, `, votes, is?.votes);
  protocol.noteEach(`${name}, `, { blank, spoiled, ...(outcome !== undefined && { outcome }) }, is);
  if (transferred !== undefined) {
    const rounds = is?.transferred?.rounds ?? [];
    const areAlike = canonicalJson(transferred.rounds) === canonicalJson(rounds);
    protocol.note(`${name}, rounds`, transferred.rounds.length, areAlike ? rounds.length : "other figures");
    protocol.note(`${name}, elected`, transferred.elected.join(), is?.transferred?.elected.join());
  }
  if (marked !== undefined) {
    protocol.note(`${name}, outcome`, canonicalJson(marked), canonicalJson(is?.marked ?? {}));
  }
  if (ranked === undefined) return;
  protocol.note(`${name}, rounds`, ranked.rounds.length, is?.ranked?.rounds.length);
  protocol.note(`${name}, outcome`, canonicalJson(ranked.outcome), canonicalJson(is?.ranked?.outcome ?? {}));
}

/** Compares what the API publishes with the plan. */
async function notePublished(
  system: RunningSystem,
  { definition, expected }: Polling,
  protocol: Protocol,
): Promise<void> {
  const { electionId } = definition;
  const { wholeCountry } = certifiedResult(definition, expected, VOTERS);
  const results = await fetchResults(system.url, await fetchElection(system.url, electionId));
  const published = isLaw(results)
    ? { oui: results.oui, non: results.non }
    : Object.fromEntries(results.candidates.map(({ candidate_id, votes }) => [candidate_id, votes]));
  protocol.note(`${electionId}: published result`, canonicalJson(wholeCountry.votes), canonicalJson(published));
}

/** Recounts, certifies, verifies, catches a lie, and destroys the pepper. */
async function noteCertified(
  connection: Connection,
  folder: string,
  { definition, expected }: Polling,
  trackingCode: string,
  protocol: Protocol,
): Promise<void> {
  const { electionId } = definition;
  const recount = await recountTallies(connection, electionId, { swap: false, who: OFFICER });
  protocol.note(`${electionId}: recounted ballots`, VOTERS, recount.ballots);
  protocol.note(`${electionId}: recount differs in`, 0, recount.differences.length);

  const bundle = join(folder, electionId);
  const {
    certificate,
    fingerprint: signedBy,
    opening = "",
  } = await certifyElection(connection, electionId, {
    out: bundle,
    who: OFFICER,
  });
  const result = certifiedResult(definition, expected, VOTERS);
  const { total, blank, spoiled } = result.wholeCountry;
  const isByRegion = contestRegionIds(definition).length > 1;
  const invalid = ATTEMPTS.strangers + (isByRegion ? ATTEMPTS.wrongRegion : 0);
  const { duplicates } = ATTEMPTS;
  const counts = { onRoll: VOTERS, cast: VOTERS, counted: total, blank, spoiled, duplicates, invalid };
  protocol.noteEach(`${electionId}: `, counts, certificate.counts);
  for (const contest of result.contests) {
    const certified = certificate.contests.find(({ regionId }) => regionId === contest.regionId);
    noteContest(protocol, `${electionId} in ${contest.regionId}`, contest, certified);
  }

  const { checks, found } = await verifyBundle(bundle, { trackingCode, signedBy, opening });
  protocol.note(`${electionId}: checks that hold`, checks.length, checks.filter(({ isTrue }) => isTrue).length);
  protocol.note(`${electionId}: a voter's ballot in the box`, 1, found?.length);

  const lie = join(folder, `${electionId}-lie`);
  await cp(bundle, lie, { recursive: true });
  const box = join(lie, "ballot-box.ndjson");
  const text = await readFile(box, "utf8");
  await writeFile(box, text.slice(text.indexOf("\n") + 1));
  const lies = (await verifyBundle(lie)).checks.filter(({ isTrue }) => isTrue === false).map(({ name }) => name);
  protocol.note(`${electionId}: a ballot taken out is caught`, "yes", lies.includes("Merkle root") ? "yes" : "no");

  const destroyed = await shredPepper(connection, electionId, { who: OFFICER });
  protocol.note(`${electionId}: pepper`, "destroyed", destroyed);
  const after = (await verifyBundle(bundle, { signedBy, opening })).checks;
  protocol.note(`${electionId}: checks that hold after it`, checks.length, after.filter(({ isTrue }) => isTrue).length);
}

async function rehearse(system: RunningSystem, folder: string, protocol: Protocol): Promise<void> {
  using connection = connectTo(system);
  say(`Entering ${VOTERS} voters on the rolls of ${REHEARSED.length} elections.`);
  const { definitions, plan } = await prepare(system, connection);
  say("Voting.");
  const planning = plan();
  const voting = planning.then((pollings) => handIn(system, pollings, protocol));
  const closedAtMs = await keepOpen(connection, definitions, voting);
  const [pollings, trackingCodes] = await Promise.all([planning, voting]);

  say("Waiting for the closing, and a minute for the queue to settle.");
  await pause(Math.max(0, closedAtMs + SETTLED_AFTER_MS - Date.now()));
  for (const { definition, witness } of pollings) {
    const late = await exchange(`${system.url}${witness.path}`, witness.body);
    protocol.note(`${definition.electionId}: a ballot after closing`, 403, late.status);
  }
  for (const polling of pollings) await notePublished(system, polling, protocol);

  say("Recounting, certifying and verifying.");
  for (const [index, polling] of pollings.entries()) {
    await noteCertified(connection, folder, polling, trackingCodes[index] ?? "", protocol);
  }
}

async function main(): Promise<boolean> {
  const protocol = new Protocol();
  await inTemporaryFolder(async (folder) => {
    const elections = join(folder, "elections");
    await mkdir(elections);
    say("Starting a system.");
    await using system = await startSystem({ environment: { ELECTIONS_DIR: elections } });
    await rehearse(system, folder, protocol).finally(() => say(`\n${protocol.text()}\n`));
  });
  say(protocol.isFlawless ? "Every number is what it must be." : "Some numbers are not what they must be.");
  return protocol.isFlawless;
}

await runCommand(main);

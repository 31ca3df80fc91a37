#!/usr/bin/env node
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import * as z from "zod";
import { certifyElection } from "#admin/certification/certify.ts";
import { recountTallies } from "#admin/certification/recount.ts";
import { shredPepper } from "#admin/certification/shred.ts";
import { verifyBundle } from "#admin/certification/verify.ts";
import type { Connection } from "#admin/connection/connection.ts";
import { fetchResults } from "#admin/elections/published-results.ts";
import { canonicalJson } from "#core/ballot-box.ts";
import { type ContestResult, certifiedResult } from "#core/certified-result.ts";
import { contestRegionIds } from "#core/contest.ts";
import { bareClient } from "#load/clients/bare-posting.ts";
import { runVotes } from "#load/clients/vote-run.ts";
import { ATTEMPTS, type Polling, planPolling } from "#load/rehearsal/polling.ts";
import { OFFICER, openingNow, voteBeforeClosing } from "#load/rehearsal/polls.ts";
import { openProtocol, type Protocol } from "#load/rehearsal/protocol.ts";
import { credentialOf, inventCredentials } from "#load/shared/credentials.ts";
import { enrol } from "#load/shared/enrolment.ts";
import { exchange } from "#load/shared/exchange.ts";
import { connectTo, type RunningSystem, startSystem } from "#load/shared/running-system.ts";
import { freePort } from "#local/free-port.ts";
import { inTemporaryFolder, runCommand } from "#local/loose-ends.ts";
import { readDefinition } from "#storage/definition-file.ts";
import { applyElection, findElection } from "#storage/election-register.ts";

/**
 * `npm run rehearsal`: a law, a single choice and a ranked choice from definition to verified result, by 2,000 voters in
 * three regions, on a system of its own; each number beside what it must be.
 */

const VOTERS = 2_000;
const REHEARSED = ["law-L2025-001", "election-1", "election-2"] as const;
const DEFINITIONS = fileURLToPath(new URL("../elections", import.meta.url));

/** Certification waits for a minute after closing; a second more for the clock. */
const SETTLED_AFTER_MS = 61_000;

const Receipt = z.object({ tracking_code: z.string() });

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Registers the elections with polls that are open, and enters their voters on the rolls. */
async function prepare(system: RunningSystem, connection: Connection): Promise<readonly Polling[]> {
  const invented = await inventCredentials(VOTERS + ATTEMPTS.strangers);
  const credentials = Array.from({ length: invented.length }, (_, number) => credentialOf(invented, number));
  const read = await Promise.all(REHEARSED.map((name) => readDefinition(join(DEFINITIONS, `${name}.json`))));
  const nowMs = Date.now();
  const pollings: Polling[] = [];
  for (const definition of read.map((one) => openingNow(one, nowMs))) {
    await applyElection(connection, definition, { who: OFFICER });
    const { publicKey = "" } = (await findElection(connection, definition.electionId)) ?? {};
    const [voters, strangers] = [credentials.slice(0, VOTERS), credentials.slice(VOTERS)];
    pollings.push(await planPolling(definition, publicKey, voters, strangers, pollings.length * VOTERS));
  }
  await enrol(
    system,
    pollings.flatMap(({ roll }) => roll),
  );
  return pollings;
}

/** Hands everything in, the attempts that must change nothing last. Gives the witnesses' tracking codes. */
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

  const trackingCodes = await Promise.all(
    pollings.map(async ({ witness: { path, body } }) => {
      const { text } = await exchange(`${system.url}${path}`, body);
      return Receipt.parse(JSON.parse(text)).tracking_code;
    }),
  );
  const refused = pollings.flatMap((polling) => polling.refused);
  const again = (await runVotes(system, refused, bareClient())).account;
  const misspelt = pollings.length * ATTEMPTS.wrongForm;
  protocol.note("further attempts accepted (202)", refused.length - misspelt, again.accepted);
  protocol.note("refused for their form (400)", misspelt, again.refused.get(400) ?? 0);
  return trackingCodes;
}

function noteContest(protocol: Protocol, name: string, mustBe: ContestResult, is: ContestResult | undefined): void {
  for (const [option, votes] of Object.entries(mustBe.votes)) {
    protocol.note(`${name}, ${option}`, votes, is?.votes[option] ?? "missing");
  }
  protocol.note(`${name}, blank`, mustBe.blank, is?.blank ?? "missing");
  protocol.note(`${name}, spoiled`, mustBe.spoiled, is?.spoiled ?? "missing");
  if (mustBe.outcome !== undefined) protocol.note(`${name}, outcome`, mustBe.outcome, is?.outcome ?? "missing");
  if (mustBe.ranked === undefined) return;
  protocol.note(`${name}, rounds`, mustBe.ranked.rounds.length, is?.ranked?.rounds.length ?? "missing");
  const outcome = (result: ContestResult | undefined): string => {
    const { kind, ...who } = result?.ranked?.outcome ?? { kind: "missing" };
    return [kind, ...Object.values(who)].join(" ");
  };
  protocol.note(`${name}, outcome`, outcome(mustBe), outcome(is));
}

/** What the API tells everybody, against the plan. */
async function notePublished(
  system: RunningSystem,
  { definition, expected }: Polling,
  protocol: Protocol,
): Promise<void> {
  const { electionId } = definition;
  const { wholeCountry } = certifiedResult(definition, expected, VOTERS);
  const results = await fetchResults(system.url, electionId);
  const published =
    results.kind === "law"
      ? { oui: results.law.oui, non: results.law.non }
      : Object.fromEntries(results.election.candidates.map(({ candidate_id, votes }) => [candidate_id, votes]));
  const isSame = canonicalJson(published) === canonicalJson(wholeCountry.votes);
  protocol.note(`${electionId}: published result`, "as cast", isSame ? "as cast" : canonicalJson(published));
}

/** Recount, certificate, verification, a lie, and the pepper's end. */
async function noteCertified(
  connection: Connection,
  folder: string,
  polling: Polling,
  trackingCode: string,
  protocol: Protocol,
): Promise<void> {
  const { definition, expected } = polling;
  const { electionId } = definition;
  const recount = await recountTallies(connection, electionId, { swap: false, who: OFFICER });
  protocol.note(`${electionId}: recounted ballots`, VOTERS, recount.ballots);
  protocol.note(`${electionId}: recount differs in`, 0, recount.differences.length);

  const bundle = join(folder, electionId);
  const { certificate } = await certifyElection(connection, electionId, { out: bundle, who: OFFICER });
  const result = certifiedResult(definition, expected, VOTERS);
  const { total, blank, spoiled } = result.wholeCountry;
  const isByRegion = contestRegionIds(definition).length > 1;
  for (const [name, mustBe] of Object.entries({
    onRoll: VOTERS,
    cast: VOTERS,
    counted: total,
    blank,
    spoiled,
    copies: ATTEMPTS.copies,
    duplicates: ATTEMPTS.duplicates,
    invalid: ATTEMPTS.strangers + (isByRegion ? ATTEMPTS.wrongRegion : 0),
  })) {
    protocol.note(`${electionId}: ${name}`, mustBe, Reflect.get(certificate.counts, name));
  }
  for (const contest of result.contests) {
    const certified = certificate.contests.find(({ regionId }) => regionId === contest.regionId);
    noteContest(protocol, `${electionId} in ${contest.regionId}`, contest, certified);
  }

  const { checks, found } = await verifyBundle(bundle, { trackingCode });
  protocol.note(`${electionId}: checks that hold`, checks.length, checks.filter(({ isTrue }) => isTrue).length);
  protocol.note(`${electionId}: a voter's ballot in the box`, 1, found?.length ?? 0);

  const lie = join(folder, `${electionId}-lie`);
  await mkdir(lie);
  for (const name of ["certificate.json", "signature.json", "ballot-key.txt", "ballot-box.ndjson"]) {
    const text = await readFile(join(bundle, name), "utf8");
    await writeFile(join(lie, name), name === "ballot-box.ndjson" ? text.slice(text.indexOf("\n") + 1) : text);
  }
  const lies = (await verifyBundle(lie)).checks.filter(({ isTrue }) => isTrue === false).map(({ name }) => name);
  protocol.note(`${electionId}: a ballot taken out is caught`, "yes", lies.includes("Merkle root") ? "yes" : "no");

  const destroyed = await shredPepper(connection, electionId, { who: OFFICER });
  protocol.note(`${electionId}: pepper`, "destroyed", destroyed);
  const after = (await verifyBundle(bundle)).checks;
  protocol.note(`${electionId}: checks that hold after it`, checks.length, after.filter(({ isTrue }) => isTrue).length);
}

async function rehearse(system: RunningSystem, folder: string): Promise<boolean> {
  const protocol = openProtocol();
  const connection = connectTo(system);
  try {
    say(`Entering ${VOTERS} voters on the rolls of ${REHEARSED.length} elections.`);
    const pollings = await prepare(system, connection);
    say("Voting.");
    let trackingCodes: readonly string[] = [];
    const definitions = pollings.map(({ definition }) => definition);
    const closedAtMs = await voteBeforeClosing(connection, definitions, async () => {
      trackingCodes = await handIn(system, pollings, protocol);
    });

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
  } finally {
    connection.close();
    say(`\n${protocol.text()}\n`);
  }
  say(protocol.isFlawless() ? "Every number is what it must be." : "Some numbers are not what they must be.");
  return protocol.isFlawless();
}

async function main(): Promise<boolean> {
  return inTemporaryFolder(async (folder) => {
    const elections = join(folder, "elections");
    await mkdir(elections);
    say("Starting a system.");
    const system = await startSystem(await freePort(), { ELECTIONS_DIR: elections });
    try {
      return await rehearse(system, folder);
    } finally {
      await system.stop();
    }
  });
}

await runCommand(main);

import { createSecretKey, diffieHellman, generateKeyPairSync, type KeyObject } from "node:crypto";
import { paginateScan } from "@aws-sdk/lib-dynamodb";
import { SPOILED } from "#core/selection.ts";
import { drawBallots, seal } from "#load/shared/ballots.ts";
import { type OpenElection, unrankedElections } from "#load/shared/elections.ts";
import { MIX } from "#load/shared/electorate.ts";
import { type Figure, medianFigure, mustBe, shortNumber, shouldBe } from "#load/shared/figures.ts";
import { connectTo, RunningSystem } from "#load/shared/running-system.ts";
import { seededRandom } from "#load/shared/seeded-random.ts";
import { countsIn } from "#load/shared/tallies.ts";
import type { System } from "#local/system.ts";
import { readStampKey } from "#storage/election-secrets.ts";
import { stampOf } from "#storage/stamp.ts";

/** How fast `tally` counts full batches of the stream: envelopes opened and rows written, in the function's own process. */

const BATCH = 1_000;
const BATCHES = 15;
/** Not measured: the code is still being compiled. */
const WARM_UP_BATCHES = 10;
const LEAST_VOTES_PER_SECOND = 5_000;
/** The same on any machine: most of opening an envelope is one agreement on a key. */
const LEAST_RATIO = 0.2;

/** Votes as the stream delivers them, each sealed as by the site, the elections in turn. */
function sealedRecords(
  elections: readonly OpenElection[],
  stampKeys: ReadonlyMap<string, KeyObject>,
  from: number,
): Promise<readonly unknown[]> {
  const nobodys = Array.from({ length: BATCH }, () => ({ nas: "", code: "" }));
  const ballots = drawBallots(elections, nobodys, seededRandom(from, "tally-alone"));
  const records = ballots.map(async (ballot, index) => {
    const { envelope, oneTimeKey, trackingCode } = await seal(ballot);
    const { electionId, regionId } = ballot.voter;
    const hash = Buffer.from(String(from + index).padStart(32)).toString("base64url");
    const texts = { hash, electionId, regionId, trackingCode, castAt: "2026-01-01T12:00:00.000Z" };
    const sealed = {
      oneTimeKey: Buffer.from(oneTimeKey.publicKey, "base64url"),
      envelope: Buffer.from(envelope, "base64url"),
    };
    const stampKey = stampKeys.get(electionId);
    if (stampKey === undefined) throw new Error(`election ${electionId} has no stamp key`);
    const stamp = Buffer.from(stampOf(stampKey, { ...texts, ...sealed }));
    const NewImage = {
      ...Object.fromEntries(Object.entries(texts).map(([name, S]) => [name, { S }])),
      ...Object.fromEntries(
        Object.entries({ ...sealed, stamp }).map(([name, B]) => [name, { B: B.toString("base64") }]),
      ),
    };
    return { eventName: "INSERT", dynamodb: { SequenceNumber: String(from + index + 1), NewImage } };
  });
  return Promise.all(records);
}

/** Bare X25519 agreements a second of a core, the least that opening an envelope takes. */
function measureAgreements(): number {
  const [ours, theirs] = [generateKeyPairSync("x25519"), generateKeyPairSync("x25519")];
  const before = process.cpuUsage();
  for (let agreement = 0; agreement < BATCH; agreement++) diffieHellman({ ...ours, publicKey: theirs.publicKey });
  const { user, system } = process.cpuUsage(before);
  return (BATCH / (user + system)) * 1e6;
}

async function stampKeysOf(
  system: System,
  elections: readonly OpenElection[],
): Promise<ReadonlyMap<string, KeyObject>> {
  using connection = connectTo(RunningSystem.parse({ ...system, pid: process.pid }));
  const keys = elections.map(async ({ definition: { electionId } }) => {
    const raw = (await readStampKey(connection, electionId)) ?? new Uint8Array();
    return [electionId, createSecretKey(raw)] as const;
  });
  return new Map(await Promise.all(keys));
}

/** Throws unless every ballot was counted, and none as spoiled: otherwise the figure would mean nothing. */
async function requireCounted(system: System, ballots: number): Promise<void> {
  using connection = connectTo(RunningSystem.parse({ ...system, pid: process.pid }));
  const { documents, talliesTable } = connection;
  let counted = 0;
  for await (const { Items } of paginateScan({ client: documents }, { TableName: talliesTable })) {
    for (const one of countsIn(Items ?? [])) if (one.interpretation !== SPOILED) counted += one.count;
  }
  if (counted !== ballots) throw new Error(`${counted} of ${ballots} ballots were counted`);
}

/** Votes counted a second on an otherwise idle system: by the function's CPU time, and by the clock, database included. */
export async function measureTallyAlone(system: System): Promise<readonly Figure[]> {
  const tally = system.functions.get("tally");
  if (tally === undefined) throw new Error("there is no function tally");
  const elections = await unrankedElections(system.url);
  const stampKeys = await stampKeysOf(system, elections);
  const [cpu, wall, ratio]: [number[], number[], number[]] = [[], [], []];
  const perSecond = (ms: number): number => (BATCH / ms) * 1000;
  for (let batch = 0; batch < WARM_UP_BATCHES + BATCHES; batch++) {
    const event = { shardId: "bench", Records: await sealedRecords(elections, stampKeys, batch * BATCH), state: {} };
    const [cpuMs, beganMs] = [await tally.cpuMs(), performance.now()];
    await tally.invoke(event);
    const wallMs = performance.now() - beganMs;
    if (batch < WARM_UP_BATCHES) continue;
    const votesPerSecond = perSecond((await tally.cpuMs()) - cpuMs);
    cpu.push(votesPerSecond);
    ratio.push(votesPerSecond / measureAgreements());
    wall.push(perSecond(wallMs));
  }
  await requireCounted(system, (WARM_UP_BATCHES + BATCHES) * BATCH);
  const batches = `batches of ${shortNumber(BATCH)}`;
  const goal = shouldBe("≥", LEAST_VOTES_PER_SECOND);
  return [
    medianFigure(
      "tally alone, by its CPU time",
      cpu,
      "votes/s",
      goal,
      `${batches}, opening included, one core; ${MIX}`,
    ),
    medianFigure("tally alone / bare X25519", ratio, "", mustBe("≥", LEAST_RATIO), "both by CPU time, in turn"),
    medianFigure("tally alone, by the clock", wall, "votes/s", goal, `${batches}; waits for DynamoDB Local included`),
  ];
}

import { paginateScan } from "@aws-sdk/lib-dynamodb";
import { contestRegionIds } from "#core/contest.ts";
import { SPOILED } from "#core/selection.ts";
import { choose } from "#load/shared/ballots.ts";
import { type OpenElection, openElections } from "#load/shared/demo-elections.ts";
import { MIX } from "#load/shared/electorate.ts";
import { type Figure, shortNumber } from "#load/shared/figures.ts";
import { spread } from "#load/shared/percentiles.ts";
import { connectTo, RunningSystem } from "#load/shared/running-system.ts";
import { seededRandom } from "#load/shared/seeded-random.ts";
import { countsIn } from "#load/shared/tallies.ts";
import type { System } from "#local/system.ts";
import { sealBallot } from "#web/sealing.ts";

/** How fast `tally` counts full batches of the stream: envelopes opened and rows written, in the function's own process. */

const BATCH = 1_000;
const BATCHES = 15;
/** Not measured: the code is compiled while it runs. */
const WARM_UP_BATCHES = 10;
const LEAST_VOTES_PER_SECOND = 5_000;

/** Votes as the stream brings them, each sealed as the site seals it, one election after the other. */
async function sealedRecords(contests: readonly OpenElection[], from: number): Promise<readonly unknown[]> {
  const random = seededRandom(from, "tally-alone");
  const seal = async (index: number): Promise<unknown> => {
    const contest = contests[index % contests.length];
    if (contest === undefined) throw new RangeError("nothing to vote on");
    const { definition, publicKey } = contest;
    const regionIds = contestRegionIds(definition);
    const regionId = regionIds[random(regionIds.length)] ?? "";
    const sealed = await sealBallot(definition, publicKey, regionId, choose(definition, regionId, random));
    const image = {
      hash: { S: Buffer.from(String(index).padStart(32)).toString("base64url") },
      electionId: { S: definition.electionId },
      regionId: { S: regionId },
      envelope: { B: Buffer.from(sealed.envelope, "base64url").toString("base64") },
      trackingCode: { S: sealed.trackingCode },
      castAt: { S: "2026-01-01T12:00:00.000Z" },
    };
    return { eventName: "INSERT", dynamodb: { SequenceNumber: String(index + 1), NewImage: image } };
  };
  return Promise.all(Array.from({ length: BATCH }, (_, index) => seal(from + index)));
}

/** Throws unless every ballot was counted, and none as spoiled: a figure of anything else would mean nothing. */
async function requireCounted(system: System, ballots: number): Promise<void> {
  const { documents, talliesTable, close } = connectTo(RunningSystem.parse({ ...system, pid: process.pid }));
  let counted = 0;
  for await (const { Items } of paginateScan({ client: documents }, { TableName: talliesTable })) {
    for (const one of countsIn(Items ?? [])) if (one.interpretation !== SPOILED) counted += one.count;
  }
  close();
  if (counted !== ballots) throw new Error(`of ${ballots} ballots ${counted} were counted`);
}

/** Votes a second of a system nobody votes on, by the function's CPU time, and by the clock with the database beside it. */
export async function measureTallyAlone(system: System): Promise<readonly Figure[]> {
  const tally = system.functions.get("tally");
  if (tally === undefined) throw new Error("there is no function tally");
  const open = await openElections(system.url, Date.now());
  const contests = open.filter(({ definition }) => definition.votingMethod !== "ranked_choice");
  const times: { cpuMs: number; wallMs: number }[] = [];
  for (let batch = 0; batch < WARM_UP_BATCHES + BATCHES; batch++) {
    const event = { shardId: "bench", Records: await sealedRecords(contests, batch * BATCH), state: {} };
    const [cpuMs, beganMs] = [await tally.cpuMs(), performance.now()];
    await tally.invoke(event);
    const wallMs = performance.now() - beganMs;
    if (batch >= WARM_UP_BATCHES) times.push({ cpuMs: (await tally.cpuMs()) - cpuMs, wallMs });
  }
  await requireCounted(system, (WARM_UP_BATCHES + BATCHES) * BATCH);
  const perSecond = (ms: number): number => (BATCH / ms) * 1000;
  const cpu = times.map(({ cpuMs }) => perSecond(cpuMs));
  const wall = times.map(({ wallMs }) => perSecond(wallMs));
  const told = (samples: readonly number[]): string => {
    const { min, max } = spread(samples);
    return `median of ${samples.length} batches of ${shortNumber(BATCH)}, ${shortNumber(min)} to ${shortNumber(max)}`;
  };
  return [
    {
      name: "tally alone, by its CPU time",
      value: spread(cpu).median,
      unit: "votes/s",
      target: { kind: "at-least", limit: LEAST_VOTES_PER_SECOND, isBinding: true },
      note: `one core, opening included; ${told(cpu)}; ${MIX}`,
    },
    {
      name: "tally alone, by the clock",
      value: spread(wall).median,
      unit: "votes/s",
      target: { kind: "at-least", limit: LEAST_VOTES_PER_SECOND, isBinding: false },
      note: `waits for DynamoDB Local included; ${told(wall)}`,
    },
  ];
}

import { paginateScan } from "@aws-sdk/lib-dynamodb";
import { contestRegionIds } from "#core/contest.ts";
import { SPOILED } from "#core/selection.ts";
import { runBundle } from "#load/bench/bundle-run.ts";
import type { Contest } from "#load/bench/contests.ts";
import type { DeployedFunctions } from "#load/bench/deployed-functions.ts";
import { choose } from "#load/shared/ballots.ts";
import { MIX } from "#load/shared/electorate.ts";
import type { Figure } from "#load/shared/figures.ts";
import { shortNumber } from "#load/shared/figures.ts";
import { spread } from "#load/shared/percentiles.ts";
import { seededRandom } from "#load/shared/seeded-random.ts";
import { countsIn } from "#load/shared/tallies.ts";
import { sealBallot } from "#web/sealing.ts";

/** How fast `tally` counts by itself: its bundle in one process, fed full batches of the stream, envelopes opened and rows written. */

const BATCH = 1_000;
const BATCHES = 15;
/** Not measured: the code is compiled while it runs. */
const WARM_UP_BATCHES = 10;
const LEAST_VOTES_PER_SECOND = 10_000;

/** Votes as the stream brings them, each sealed as the site seals it, one election after the other. */
async function sealedRecords(contests: readonly Contest[], from: number): Promise<readonly unknown[]> {
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
async function requireCounted({ connection }: DeployedFunctions, ballots: number): Promise<void> {
  let counted = 0;
  for await (const { Items } of paginateScan(
    { client: connection.documents },
    { TableName: connection.talliesTable },
  )) {
    for (const one of countsIn(Items ?? [])) if (one.counted !== SPOILED) counted += one.count;
  }
  if (counted !== ballots) throw new Error(`of ${ballots} ballots ${counted} were counted`);
}

/** Feeds the bundle of `tally` and gives votes a second by its own CPU time, and by the clock with the database beside it. */
export async function measureTallyAlone(
  deployed: DeployedFunctions,
  contests: readonly Contest[],
): Promise<readonly Figure[]> {
  const events: unknown[] = [];
  for (let batch = 0; batch < WARM_UP_BATCHES + BATCHES; batch++) {
    events.push({ shardId: "bench", Records: await sealedRecords(contests, batch * BATCH), state: {} });
  }
  const times = (await runBundle(deployed, "tally", events)).slice(WARM_UP_BATCHES);
  await requireCounted(deployed, events.length * BATCH);
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

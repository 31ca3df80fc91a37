import { createHash, randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import * as z from "zod";
import type { Election } from "#core/election.ts";
import { sealEnvelope } from "#core/envelope.ts";
import type { Selection } from "#core/selection.ts";
import { trackedBytes, trackingCodeOf } from "#core/tracking-code.ts";
import { measure } from "#functions/runtime/measure.ts";
import { METRICS } from "#functions/runtime/metrics-contract.ts";
import { makeOneTimeKey } from "#storage/ed25519.ts";
import { sealerTo } from "#storage/hpke.ts";
import type { VoteMessage } from "#storage/vote-message.ts";
import { importPublicKey } from "#storage/x25519.ts";
import { race, rankedRace, stated } from "#test/definitions.ts";
import { sqsEvent } from "#test/functions/sqs-event.ts";
import { type Store, startStore } from "#test/storage/store.ts";

/** The metrics that functions write to their logs. */

vi.hoisted(() => {
  // Metrics are off in the project's other tests, with which it shares what was imported.
  vi.stubEnv("POWERTOOLS_METRICS_DISABLED", undefined);
  vi.stubEnv("POWERTOOLS_METRICS_NAMESPACE", "Scrutin/test");
  vi.stubEnv("POWERTOOLS_SERVICE_NAME", "validate");
  vi.resetModules();
});

const Line = z.looseObject({
  _aws: z.object({
    CloudWatchMetrics: z.tuple([
      z.object({
        Namespace: z.literal("Scrutin/test"),
        Dimensions: z.array(z.array(z.string())),
        Metrics: z.array(z.object({ Name: z.string(), Unit: z.string() })),
      }),
    ]),
  }),
});

const written: string[] = [];
const write = vi.spyOn(process.stdout, "write").mockImplementation((text) => {
  written.push(String(text));
  return true;
});

/** The lines written since the last call: values by name, and their dimensions. */
function measured() {
  return written.splice(0).map((text) => {
    const { _aws, ...rest } = Line.parse(JSON.parse(text));
    const [{ Dimensions, Metrics }] = _aws.CloudWatchMetrics;
    return {
      under: Dimensions.map((names) => names.map((name) => rest[name])),
      units: Object.fromEntries(Metrics.map(({ Name, Unit }) => [Name, Unit])),
      figures: Object.fromEntries(Metrics.map(({ Name }) => [Name, rest[Name]])),
    };
  });
}

/** Ballots of a batch are decided concurrently, so lines come in any order. */
const inAnyOrder = <Line extends { under: unknown }>(lines: readonly Line[]): readonly Line[] =>
  lines.toSorted((one, other) => (JSON.stringify(one.under) < JSON.stringify(other.under) ? -1 : 1));

let store: Store;
beforeAll(async () => {
  store = await startStore();
});
afterAll(async () => {
  await store?.stop();
  write.mockRestore();
  vi.resetModules();
});
afterEach(() => {
  written.length = 0;
});

async function ballot(
  { definition, publicKey }: Election,
  hash: string,
  regionId = "1",
  damaged = false,
): Promise<VoteMessage> {
  const selection: Selection =
    definition.votingMethod === "ranked_choice"
      ? { kind: "ranking", candidateIds: ["1"] }
      : { kind: "candidate", candidateId: "1" };
  const oneTimeKey = makeOneTimeKey();
  const binding = { regionId: "1", oneTimeKey };
  const envelope = await sealEnvelope(sealerTo(importPublicKey(publicKey)), stated(definition), binding, selection);
  if (damaged) envelope[40] = (envelope[40] ?? 0) ^ 0xff;
  return store.stamp({
    hash,
    electionId: definition.electionId,
    regionId,
    oneTimeKey,
    envelope,
    castAt: "2026-01-01T00:00:00.000Z",
    trackingCode: trackingCodeOf(createHash("sha256").update(trackedBytes({ oneTimeKey, envelope })).digest()),
  });
}

const newHash = (): string => createHash("sha256").update(randomUUID()).digest("base64url");

test("a batch of several elections is measured by election, with refusals by reason, and so is its count", async () => {
  const [one, other] = ["one", "other"].map((name) => `${name}-${randomUUID().slice(0, 8)}`) as [string, string];
  const voters = [newHash(), newHash(), newHash()] as const;
  const first = await store.register(
    rankedRace({ electionId: one }),
    voters.map((hash) => ({ hash, regionId: "1" })),
  );
  const [third, fourth] = [newHash(), newHash()];
  const second = await store.register(
    race({ electionId: other }),
    [third, fourth].map((hash) => ({ hash, regionId: "1" })),
  );
  const messages = [
    await ballot(first, voters[0]),
    await ballot(first, voters[1], "1", true),
    await ballot(first, voters[0]),
    await ballot(first, voters[2], "2"),
    await ballot(first, newHash()),
    await ballot(second, third),
    await ballot(second, fourth, "1", true),
  ];
  await store.validate(sqsEvent(messages, Date.now() - 1_000), undefined);

  const lines = measured();
  const took = expect.any(Number);
  const usual = (electionId: string) => [["validate"], ["validate", electionId]];
  const expected = [
    {
      under: usual(one),
      figures: {
        [METRICS.accepted]: 2,
        [METRICS.duplicates]: 1,
        [METRICS.timeToDecision]: [took, took, took, took, took],
      },
    },
    ...["wrong-region", "unknown-credentials"].flatMap((reason) =>
      [usual(one), [["validate", reason]], [["validate", one, reason]]].map((under) => ({
        under,
        figures: { [METRICS.invalid]: 1 },
      })),
    ),
    { under: usual(other), figures: { [METRICS.accepted]: 2, [METRICS.timeToDecision]: [took, took] } },
  ];
  expect(inAnyOrder(lines.map(({ under, figures }) => ({ under, figures })))).toEqual(inAnyOrder(expected));
  expect(lines.find(({ figures }) => figures[METRICS.duplicates] === 1)?.units).toEqual({
    [METRICS.accepted]: "Count",
    [METRICS.duplicates]: "Count",
    [METRICS.timeToDecision]: "Milliseconds",
  });
  for (const time of lines.flatMap(({ figures }) => figures[METRICS.timeToDecision] ?? [])) {
    expect(time).toBeGreaterThanOrEqual(1_000);
  }

  const records = [...(await store.streamRecords(one, 2)), ...(await store.streamRecords(other, 2))];
  await store.tally("shard", records, undefined);
  expect(measured().map(({ under, figures }) => [under[1]?.[1], figures])).toEqual([
    [one, { [METRICS.counted]: 2, [METRICS.spoiled]: 1, [METRICS.timeToCount]: took }],
    [other, { [METRICS.counted]: 2, [METRICS.spoiled]: 1, [METRICS.timeToCount]: took }],
  ]);
  await store.tally("shard", records, undefined);
  expect(measured(), "a stream that repeats itself is not measured again").toEqual([]);
});

test("a garbled message is returned to the queue, and holds up no other", async () => {
  const hash = newHash();
  const election = await store.register(race({ electionId: randomUUID() }), [{ hash, regionId: "1" }]);
  const good = await ballot(election, hash);
  const event = sqsEvent([good, good, good], Date.now());
  const garbled = ["not JSON", JSON.stringify({ ...good, envelope: "?" })];
  const Records = event.Records.map((record, index) => ({ ...record, body: garbled[index] ?? record.body }));
  const { batchItemFailures } = await store.validate({ Records }, undefined);
  expect(batchItemFailures).toEqual([{ itemIdentifier: "0" }, { itemIdentifier: "1" }]);
  expect(await store.storedTrackingCodes([hash])).toEqual(new Map([[hash, good.trackingCode]]));
});

test("ballots without their stamp are measured apart, whoever wrote them", async () => {
  const electionId = `unstamped-${randomUUID().slice(0, 8)}`;
  const election = await store.register(race({ electionId }), [{ hash: newHash(), regionId: "1" }]);
  const received = [await ballot(election, newHash()), await ballot(election, newHash())];
  await store.cast(received.map((vote, index) => (index === 0 ? vote : { ...vote, hash: newHash() })));
  const records = await store.streamRecords(electionId, 2);
  written.length = 0;
  await store.tally("shard", records, undefined);
  const figures = { [METRICS.counted]: 2, [METRICS.spoiled]: 1, [METRICS.unstamped]: 1 };
  expect(measured().map((line) => line.figures)).toEqual([expect.objectContaining(figures)]);
});

test("items that name no election that exists are measured as unstamped, and told without what they hold", async () => {
  const told = vi.spyOn(console, "warn").mockImplementation(() => undefined);
  const records = await store.insert([
    { hash: { S: "only-a-hash" } },
    { hash: { S: "elsewhere" }, electionId: { S: "no-such-election" } },
  ]);
  await store.tally("shard", records, undefined);
  expect(measured()).toMatchObject([{ under: [["validate"]], figures: { [METRICS.unstamped]: 2 } }]);
  expect(JSON.stringify(told.mock.calls)).not.toMatch(/only-a-hash|elsewhere|no-such-election/);
  told.mockRestore();
});

test("ballots counted before a failure are measured at once, since they are not counted again", async () => {
  const electionId = `failing-${randomUUID().slice(0, 8)}`;
  const hashes = [newHash(), newHash()];
  const election = await store.register(
    rankedRace({ electionId }),
    hashes.map((hash) => ({ hash, regionId: "1" })),
  );
  const messages = [await ballot(election, hashes[0] ?? ""), await ballot(election, hashes[1] ?? "", "1", true)];
  await store.validate(sqsEvent(messages, Date.now()), undefined);
  const records = await store.streamRecords(electionId, 2);
  written.length = 0;
  await store.tally("shard", records, { atWrite: 1, when: "before" }).catch(() => undefined);
  await store.tally("shard", records, undefined);
  const counted = measured().map(({ figures }) => Number(figures[METRICS.counted] ?? 0));
  expect(counted.reduce((sum, count) => sum + count, 0)).toBe(2);
});

test("more values than a line may have are written on several lines, each with its election", () => {
  const times = Array.from({ length: 250 }, (_, index) => index);
  measure("1", { [METRICS.timeToDecision]: times });
  const lines = measured();
  expect(lines.flatMap(({ figures }) => figures[METRICS.timeToDecision])).toEqual(times);
  expect(lines.map(({ under }) => under)).toEqual(lines.map(() => [["validate"], ["validate", "1"]]));
});

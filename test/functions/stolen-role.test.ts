import { createHash, createSecretKey, randomBytes, randomUUID } from "node:crypto";
import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Election } from "#core/election.ts";
import { sealEnvelope } from "#core/envelope.ts";
import { ballotsIn } from "#core/results.ts";
import { SPOILED } from "#core/selection.ts";
import { trackedBytes, trackingCodeOf } from "#core/tracking-code.ts";
import { turnoutStep } from "#core/turnout.ts";
import { makeOneTimeKey } from "#storage/ed25519.ts";
import { sealerTo } from "#storage/hpke.ts";
import { strikeMark } from "#storage/strike-mark.ts";
import type { VoteMessage } from "#storage/vote-message.ts";
import { importPublicKey } from "#storage/x25519.ts";
import { race, stated } from "#test/definitions.ts";
import { type Store, startStore } from "#test/storage/store.ts";

/** Whoever stole the role of `validate` may write any item to the votes table, under any hash. */

let store: Store;
beforeAll(async () => {
  store = await startStore();
});
afterAll(async () => {
  await store?.stop();
});

const CAST_AT = "2026-01-01T00:00:00.000Z";
const someHash = (): string => createHash("sha256").update(randomUUID()).digest("base64url");

async function sealed({ definition, publicKey }: Election, candidateId: string): Promise<Omit<VoteMessage, "stamp">> {
  const oneTimeKey = makeOneTimeKey();
  const binding = { regionId: "1", oneTimeKey };
  const selection = { kind: "candidate", candidateId } as const;
  const envelope = await sealEnvelope(sealerTo(importPublicKey(publicKey)), stated(definition), binding, selection);
  return {
    hash: someHash(),
    electionId: definition.electionId,
    regionId: "1",
    oneTimeKey,
    envelope,
    castAt: CAST_AT,
    trackingCode: trackingCodeOf(createHash("sha256").update(trackedBytes({ oneTimeKey, envelope })).digest()),
  };
}

test("nothing that it writes counts for anybody, or holds up the count", async () => {
  const definition = race({ electionId: `stolen-${randomUUID().slice(0, 8)}` });
  const election = await store.register(definition, [{ hash: someHash(), regionId: "1" }]);
  const honest = await store.stamp(await sealed(election, "1"));
  const received = await store.stamp(await sealed(election, "1"));
  const own = { ...(await sealed(election, "2")), stamp: randomBytes(16) };
  const smuggled: readonly VoteMessage[] = [
    own,
    { ...honest, hash: someHash() },
    { ...received, castAt: "2026-01-01T01:00:00.000Z" },
    { ...(await store.stamp(await sealed(election, "1"))), envelope: own.envelope, oneTimeKey: own.oneTimeKey },
    { ...(await store.stamp(await sealed(election, "1"))), regionId: "2" },
    { ...own, hash: someHash(), regionId: "nowhere" },
    { ...own, hash: someHash(), stamp: new Uint8Array() },
    { ...own, hash: someHash(), trackingCode: "no code", castAt: "never", envelope: Buffer.from("?") },
  ];
  const outcomes = await store.cast([honest, ...smuggled]);
  expect(outcomes).toEqual(Array(1 + smuggled.length).fill("stored"));

  const records = await store.streamRecords(definition.electionId, 1 + smuggled.length);
  await store.tally("shard", records, undefined);
  const inRegion2 = 1;
  const spoiled = smuggled.length - inRegion2;
  expect(await store.tallyOf(definition, "1")).toEqual(
    new Map([
      ["1", 1],
      [SPOILED, spoiled],
    ]),
  );
  expect(await store.tallyOf(definition, "2")).toEqual(new Map([[SPOILED, inRegion2]]));
  expect(await store.turnout(definition.electionId)).toEqual(new Map([[turnoutStep(CAST_AT), 1]]));
  expect(await store.postedCodes(definition.electionId)).toEqual([honest.trackingCode]);
});

test("a mark that an officer stamped is no ballot; any other is spoiled, and what stands in its place is told to the voter", async () => {
  const definition = race({ electionId: `marks-${randomUUID().slice(0, 8)}` });
  const election = await store.register(definition, [{ hash: someHash(), regionId: "1" }]);
  const { electionId } = definition;
  const struck = { strike: "removed", at: CAST_AT } as const;
  const key = await store.stampKey(electionId);
  const mark = strikeMark(key, { hash: someHash(), electionId, regionId: "1", ...struck });
  const marks: readonly VoteMessage[] = [
    mark,
    strikeMark(createSecretKey(randomBytes(32)), { hash: someHash(), electionId, regionId: "1", ...struck }),
    { ...mark, hash: someHash() },
    { ...mark, hash: someHash(), castAt: "2026-01-01T01:00:00.000Z" },
    { ...mark, hash: someHash(), trackingCode: "moved" },
  ];
  expect(await store.cast(marks)).toEqual(marks.map(() => "stored"));
  const late = await store.stamp({ ...(await sealed(election, "1")), hash: mark.hash });
  expect(await store.cast([late])).toEqual([struck]);

  await store.tally("shard", await store.streamRecords(electionId, marks.length), undefined);
  expect(await store.tallyOf(definition, "1")).toEqual(new Map([[SPOILED, marks.length - 1]]));
  expect((await store.recount(election)).get(`${electionId}#1`)).toEqual(new Map([[SPOILED, marks.length - 1]]));
  expect(await store.turnout(electionId)).toEqual(new Map());
  expect(await store.postedCodes(electionId)).toEqual([]);
});

const text = fc.oneof(
  fc.string({ unit: "grapheme" }),
  fc.constantFrom("", "1", "2", "x".repeat(2_100), "x".repeat(100_000)),
);
const number = fc.oneof(fc.integer().map(String), fc.constantFrom("1e125", "99999999999999999999"));
const value: fc.Arbitrary<AttributeValue> = fc.oneof(
  text.map((S) => ({ S })),
  number.map((N) => ({ N })),
  fc.uint8Array().map((B) => ({ B })),
  fc.boolean().map((BOOL) => ({ BOOL })),
  fc.constantFrom<AttributeValue>({ NULL: true }, { SS: ["a"] }, { L: [{ N: "1" }] }, { M: { S: { S: "1" } } }),
);

test("an item of any shape is spoiled, or passed over where it names no election, and the recount agrees", async () => {
  const election = await store.register(race({ electionId: "any-shape" }), [{ hash: someHash(), regionId: "1" }]);
  const { definition } = election;
  const { electionId } = definition;
  const own = { S: electionId };
  const strange = fc.constantFrom("", "nowhere", "1".repeat(2_100), `${electionId}#1`).map((S) => ({ S }));
  const item = fc.record(
    {
      hash: fc.uuid().map((S) => ({ S })),
      electionId: fc.oneof({ weight: 4, arbitrary: fc.constant(own) }, strange, value),
      regionId: value,
      oneTimeKey: value,
      envelope: value,
      stamp: fc.oneof(
        value,
        fc.uint8Array({ minLength: 16, maxLength: 16 }).map((B) => ({ B })),
      ),
      trackingCode: value,
      castAt: value,
      another: value,
    },
    { requiredKeys: ["hash"] },
  );
  let shards = 0;
  let named = 0;
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(item, { maxLength: 20, selector: ({ hash }) => hash.S }), async (items) => {
      const records = await store.insert(items);
      await store.tally(`shard-${shards++}`, records, undefined);
      named += items.filter(
        (each) => each.electionId !== undefined && "S" in each.electionId && each.electionId.S === electionId,
      ).length;
    }),
    { numRuns: 15, endOnFailure: true },
  );
  const recounted = await store.recount(election);
  const tallied = await Promise.all(["1", "2"].map((regionId) => store.tallyOf(definition, regionId)));
  expect(tallied.reduce((sum, tally) => sum + ballotsIn(tally), 0)).toBe(named);
  expect(named).toBeGreaterThan(0);
  for (const [index, regionId] of ["1", "2"].entries()) {
    expect(tallied[index]).toEqual(recounted.get(`${electionId}#${regionId}`) ?? new Map());
  }
});

test("an item for no election that exists holds up no other election's ballots", async () => {
  const election = await store.register(race({ electionId: "held-up" }), [{ hash: someHash(), regionId: "1" }]);
  const honest = await store.stamp(await sealed(election, "1"));
  await store.cast([honest]);
  const records = await store.streamRecords("held-up", 1);
  const poison = { eventName: "INSERT", dynamodb: { SequenceNumber: "1", NewImage: { hash: { S: "only a hash" } } } };
  await store.tally("shard", [poison, ...records], undefined);
  expect(await store.tallyOf(election.definition, "1")).toEqual(new Map([["1", 1]]));
});

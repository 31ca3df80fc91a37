import { createHash, randomBytes, randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Election } from "#core/election.ts";
import { sealEnvelope } from "#core/envelope.ts";
import { SPOILED } from "#core/selection.ts";
import { trackedBytes, trackingCodeOf } from "#core/tracking-code.ts";
import { turnoutStep } from "#core/turnout.ts";
import { makeOneTimeKey } from "#storage/ed25519.ts";
import { sealerTo } from "#storage/hpke.ts";
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

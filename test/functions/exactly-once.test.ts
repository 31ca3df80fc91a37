import { createHash, randomUUID } from "node:crypto";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Election, ElectionDefinition } from "#core/election.ts";
import { sealEnvelope } from "#core/envelope.ts";
import { countBallot, type Selection, writeSelection } from "#core/selection.ts";
import { trackedBytes, trackingCodeOf } from "#core/tracking-code.ts";
import { turnoutStep } from "#core/turnout.ts";
import { makeOneTimeKey } from "#storage/ed25519.ts";
import { sealerTo } from "#storage/hpke.ts";
import type { VoteMessage } from "#storage/vote-message.ts";
import { importPublicKey } from "#storage/x25519.ts";
import { chooseRace, race, rankedRace, stated } from "#test/definitions.ts";
import { sqsEvent } from "#test/functions/sqs-event.ts";
import type { Crash } from "#test/storage/crashing-client.ts";
import { type Store, startStore } from "#test/storage/store.ts";

/**
 * Exactly once: whatever is redelivered, in whatever order and batches, and wherever a function dies, the tallies end up
 * counting the first stored ballot of each voter.
 */

let store: Store;
beforeAll(async () => {
  store = await startStore();
});
afterAll(async () => {
  await store?.stop();
});

const CAST_AT = "2026-01-01T00:00:00.000Z";
const CHOICES = [["1"], ["2"], ["1", "2"], ["2", "1"]] as const;

/** An attempt to vote: by which voter, for which choice, in which region. */
type Attempt = Readonly<{ voter: number; choice: number; regionId: "1" | "2"; damaged: boolean }>;

/** One delivery of messages to validate, and where it dies. Deliveries of one round run concurrently. */
type Delivery = Readonly<{ messages: readonly number[]; crash: Crash | undefined }>;

const VOTERS = 5;
const attempt = fc.record<Attempt>({
  voter: fc.nat({ max: VOTERS }), // the last one is on no roll
  choice: fc.nat({ max: CHOICES.length - 1 }),
  regionId: fc.constantFrom("1", "1", "1", "2"), // everybody is registered in region 1
  damaged: fc.constantFrom(false, false, false, true),
});
const crash = fc.option(fc.record<Crash>({ atWrite: fc.nat({ max: 5 }), when: fc.constantFrom("before", "after") }), {
  nil: undefined,
});
const scenario = fc.record({
  attempts: fc.array(attempt, { minLength: 1, maxLength: 14 }),
  rounds: fc.array(
    fc.array(fc.record<Delivery>({ messages: fc.array(fc.nat({ max: 13 }), { minLength: 1, maxLength: 8 }), crash }), {
      minLength: 1,
      maxLength: 3,
    }),
    { maxLength: 4 },
  ),
  /** Deliveries of the stream: how far back they start, how many records they have, where they die. */
  replays: fc.array(fc.record({ back: fc.nat({ max: 14 }), length: fc.nat({ max: 10 }), crash }), { maxLength: 6 }),
});

/** A choice by its election's method: names marked, a ranking, or only its first preference. */
function selectionOf({ votingMethod }: ElectionDefinition, choice: number): Selection {
  const candidateIds = CHOICES[choice] ?? [];
  if (votingMethod === "choose") return { kind: "marks", candidateIds };
  if (votingMethod === "ranked_choice") return { kind: "ranking", candidateIds };
  return { kind: "candidate", candidateId: candidateIds[0] ?? "" };
}

async function messageOf(
  election: Election,
  hashes: readonly string[],
  { voter, choice, regionId, damaged }: Attempt,
): Promise<VoteMessage> {
  const { definition } = election;
  const seal = sealerTo(importPublicKey(election.publicKey));
  const oneTimeKey = makeOneTimeKey();
  const binding = { regionId: "1", oneTimeKey };
  const envelope = await sealEnvelope(seal, stated(definition), binding, selectionOf(definition, choice));
  if (damaged) envelope[40] = (envelope[40] ?? 0) ^ 0xff;
  return store.stamp({
    hash: hashes[voter] ?? "",
    electionId: definition.electionId,
    regionId,
    oneTimeKey,
    envelope,
    castAt: CAST_AT,
    trackingCode: trackingCodeOf(createHash("sha256").update(trackedBytes({ oneTimeKey, envelope })).digest()),
  });
}

/** Delivers to validate; returns the messages that it reports as done. A dead process reports nothing. */
async function validate(messages: readonly VoteMessage[], crashes: Crash | undefined): Promise<readonly VoteMessage[]> {
  const event = sqsEvent(messages, Date.now());
  const { batchItemFailures } = await store.validate(event, crashes);
  const failed = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
  return messages.filter((_, index) => !failed.has(event.Records[index]?.messageId ?? ""));
}

test.each([
  ["rankings, each counted in a row of its own", rankedRace],
  ["choices that share a row and its fence", race],
  ["marks, several of them for a ballot, that share a row and its fence", chooseRace],
])(
  "tallies equal the distinct valid voters by their first stored choice, under any redelivery, interleaving and crash: %s",
  async (_, ballotOf) => {
    await fc.assert(
      fc.asyncProperty(scenario, async ({ attempts, rounds, replays }) => {
        const definition = ballotOf({ electionId: randomUUID() });
        const hashes = Array.from({ length: VOTERS + 1 }, () =>
          createHash("sha256").update(randomUUID()).digest("base64url"),
        );
        const election = await store.register(
          definition,
          hashes.slice(0, VOTERS).map((hash) => ({ hash, regionId: "1" })),
        );
        const messages = await Promise.all(attempts.map((one) => messageOf(election, hashes, one)));

        // The queue: arbitrary deliveries, some concurrent, some dying; then the rest until everything is done.
        const done = new Set<VoteMessage>();
        for (const round of rounds) {
          const deliveries = round.map(async ({ messages: indexes, crash: crashes }) => {
            const batch = indexes.flatMap((index) => messages[index] ?? []);
            for (const message of await validate(batch, crashes).catch(() => [])) done.add(message);
          });
          await Promise.all(deliveries);
        }
        const left = messages.filter((message) => !done.has(message));
        expect(await validate(left, undefined)).toEqual(left);

        // What must be counted: the first stored ballot of every voter on the roll who cast one in the right region.
        const stored = await store.storedTrackingCodes(hashes);
        const expected = new Map<string, number>();
        const entitled = new Set<number>();
        attempts.forEach(({ voter, choice, regionId, damaged }, index) => {
          if (voter < VOTERS && regionId === "1") entitled.add(voter);
          const hash = hashes[voter] ?? "";
          if (stored.get(hash) !== messages[index]?.trackingCode) return;
          expect(voter < VOTERS && regionId === "1").toBe(true);
          const interpretation = damaged ? "!" : writeSelection(selectionOf(definition, choice));
          countBallot(expected, interpretation);
        });
        expect(new Set([...stored.keys()].map((hash) => hashes.indexOf(hash)))).toEqual(entitled);

        // The stream: arbitrary replays, never skipping ahead; then the rest.
        const records = await store.streamRecords(definition.electionId, stored.size);
        const shardId = `shardId-${randomUUID()}`;
        let reached = 0;
        for (const { back, length, crash: crashes } of replays) {
          const start = Math.max(0, reached - back);
          const batch = records.slice(start, start + length);
          const through = await store.tally(shardId, batch, crashes).then(
            () => true,
            () => false,
          );
          if (through) reached = Math.max(reached, start + batch.length);
        }
        await store.tally(shardId, records.slice(reached), undefined);
        expect(await store.tallyOf(definition, "1")).toEqual(expected);

        // And a replay of everything changes nothing.
        await store.tally(shardId, records, undefined);
        expect(await store.tallyOf(definition, "1")).toEqual(expected);

        // Turnout counts the same ballots, each once, and the board has exactly their codes.
        expect(await store.turnout(definition.electionId)).toEqual(
          new Map(stored.size > 0 ? [[turnoutStep(CAST_AT), stored.size]] : []),
        );
        expect(new Set(await store.postedCodes(definition.electionId))).toEqual(new Set(stored.values()));
      }),
      { numRuns: 50 },
    );
  },
);

test("a voter voting many times at once has one ballot in the box, and every other attempt is rejected", async () => {
  const definition = rankedRace({ electionId: randomUUID() });
  const hash = createHash("sha256").update(randomUUID()).digest("base64url");
  const election = await store.register(definition, [{ hash, regionId: "1" }]);
  const attempts = Array.from(
    { length: 40 },
    (_, index): Attempt => ({ voter: 0, choice: index % 4, regionId: "1", damaged: false }),
  );
  const messages = await Promise.all(attempts.map((one) => messageOf(election, [hash], one)));

  const batches = Array.from({ length: 8 }, (_, index) => messages.slice(index * 5, index * 5 + 5));
  await Promise.all([...batches, ...batches].map((batch) => validate(batch, undefined)));

  const stored = await store.storedTrackingCodes([hash]);
  expect(stored.size).toBe(1);
  const rejected = await store.rejectedTrackingCodes(definition.electionId, hash);
  expect(rejected).toEqual(
    new Set(messages.map(({ trackingCode }) => trackingCode).filter((code) => code !== stored.get(hash))),
  );
});

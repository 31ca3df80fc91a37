import { expect, test } from "vitest";
import { readStreamEvent } from "#functions/tally/event.ts";
import { namingTheShard } from "#functions/tally/only-shard.ts";

/** The fence is a position in one shard, so a count must know its shard. */

const record = {
  eventName: "INSERT",
  dynamodb: { SequenceNumber: "42", NewImage: {} },
};

test("an event without a shard is an error in AWS: behind a wrong fence votes would be lost", () => {
  expect(() => readStreamEvent({ Records: [record] })).toThrow(/shardId/);
});

test("at an emulator that never names it, a fixed name stands for the only shard", () => {
  expect(readStreamEvent(namingTheShard({ Records: [record] })).shardId).toBe("the-only-shard");
});

test("a shard in the event is never replaced", () => {
  expect(readStreamEvent(namingTheShard({ Records: [record], shardId: "shard-7" })).shardId).toBe("shard-7");
});

test("an empty name is not a shard", () => {
  expect(() => readStreamEvent(namingTheShard({ Records: [record], shardId: "" }))).toThrow(/shardId/);
});

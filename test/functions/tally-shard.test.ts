import { expect, test } from "vitest";
import { readStreamEvent } from "#functions/tally/event.ts";
import { namingTheShard } from "#functions/tally/only-shard.ts";

/** The fence stands in one shard's order of records, so a count must know its shard. */

const record = {
  eventName: "INSERT",
  dynamodb: { SequenceNumber: "42", NewImage: {} },
};

test("an event that names no shard is an error in AWS: counted behind a wrong fence, votes would be lost", () => {
  expect(() => readStreamEvent({ Records: [record] })).toThrow(/shardId/);
});

test("at an emulator that never names it, the stage's own name stands for the only shard", () => {
  expect(readStreamEvent(namingTheShard({ Records: [record] })).shardId).toBe("the-only-shard");
});

test("a shard that the event names is never replaced", () => {
  expect(readStreamEvent(namingTheShard({ Records: [record], shardId: "shard-7" })).shardId).toBe("shard-7");
});

test("an empty name is no shard", () => {
  expect(() => readStreamEvent(namingTheShard({ Records: [record], shardId: "" }))).toThrow(/shardId/);
});

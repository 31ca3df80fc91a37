import { createHash } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { trackingCodeOf } from "#core/tracking-code.ts";
import { readVoteMessage, type VoteMessage, writeVoteMessage } from "#storage/vote-message.ts";

function message(envelope: Uint8Array): VoteMessage {
  const digest = createHash("sha256").update(envelope).digest();
  return {
    hash: digest.toString("base64url"),
    electionId: "L1",
    regionId: "all",
    oneTimeKey: new Uint8Array(digest),
    envelope,
    stamp: new Uint8Array(16),
    castAt: "2026-01-01T00:00:00.000Z",
    trackingCode: trackingCodeOf(digest),
  };
}

test("a vote in the queue round-trips", () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 6144 }), (envelope) => {
      expect(readVoteMessage(writeVoteMessage(message(envelope)))).toEqual(message(envelope));
    }),
  );
});

test("other messages are refused: no JSON, an extra field, or an envelope that is not canonical base64url", () => {
  const written: unknown = JSON.parse(writeVoteMessage(message(new Uint8Array(100))));
  const changed = (change: object) => JSON.stringify({ ...(written as object), ...change });
  expect(readVoteMessage(changed({}))).toBeDefined();
  for (const text of [
    "not JSON",
    "null",
    changed({ more: 1 }),
    changed({ stamp: undefined }),
    changed({ stamp: "A".repeat(21) }),
    changed({ oneTimeKey: undefined }),
    changed({ oneTimeKey: "A".repeat(42) }),
    changed({ oneTimeKey: `${"A".repeat(42)}B` }),
    changed({ envelope: "" }),
    changed({ envelope: "?" }),
    changed({ envelope: "AB" }),
    changed({ envelope: "A".repeat(8193) }),
  ]) {
    expect(readVoteMessage(text)).toBeUndefined();
  }
});

import { describe, expect, test } from "vitest";
import { ENCRYPTED_BYTES, encryptedBallot, readBatch } from "#core/trustees/encrypted-batch.ts";
import { equalPoints } from "#core/trustees/group.ts";
import { bytesOf, encryptedFor, someSelections } from "#test/core/trustees/batch-of.ts";
import { wholeKey } from "#test/core/trustees/contexts.ts";

const { publicKey } = wholeKey();
const ballots = encryptedFor(publicKey, someSelections(3));
const bytes = bytesOf(ballots);

describe("a batch", () => {
  test("comes back from its bytes, 64 for each ballot", () => {
    expect(bytes).toHaveLength(3 * 64);
    const read = readBatch(bytes) ?? [];
    expect(read).toHaveLength(3);
    for (const [place, { A, B, bytes: own }] of read.entries()) {
      const written = ballots[place];
      expect(written && equalPoints(A, written.A) && equalPoints(B, written.B)).toBe(true);
      expect(own).toEqual(written?.bytes);
      expect(encryptedBallot({ A, B }).bytes).toEqual(own);
    }
  });

  test.each([0, 1, 32, 63, 65, 3 * 64 - 1])("is not read from %d bytes", (length) => {
    expect(readBatch(bytes.slice(0, length))).toBeUndefined();
  });

  test("is not read when it is longer than a batch may be", () => {
    expect(readBatch(new Uint8Array(16_385 * ENCRYPTED_BYTES))).toBeUndefined();
  });

  test.each([
    ["the neutral element", new Uint8Array(32)],
    ["no element", new Uint8Array(32).fill(255)],
    ["an odd number", new Uint8Array(32).fill(1)],
  ])("is not read when any half of a ballot is %s", (_, half) => {
    for (let at = 0; at < bytes.length; at += 32) {
      const changed = bytes.slice();
      changed.set(half, at);
      expect(readBatch(changed)).toBeUndefined();
    }
  });
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cutIntoBatches, spreadOverBatches } from "#core/trustees/batches.ts";
import { type BatchPlace, bundleLayout, type RegionBallots, spreadInto } from "#core/trustees/bundle/layout.ts";
import { ENCRYPTED_BYTES } from "#core/trustees/encrypted-batch.ts";
import { openingBytes } from "#core/trustees/opening-proof.ts";
import { shuffleProofBytes } from "#core/trustees/shuffle-proof.ts";

const someCounts = fc
  .tuple(fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 5 }), fc.integer({ min: 1, max: 9 }))
  .map(([counts, most]) => [counts.map((count, place): [string, number] => [`${place + 1}`, count]), most] as const);

describe("where things lie in a bundle", () => {
  test("is known for two regions and one without ballots", () => {
    const { batches, bytes, ballots } = bundleLayout(
      [
        ["a", 5],
        ["b", 0],
        ["c", 1],
      ],
      3,
    );
    expect(batches.map(({ regionId, batch, ballots: size, before }) => [regionId, batch, size, before])).toEqual([
      ["a", 0, 3, 0],
      ["a", 1, 2, 3],
      ["c", 0, 1, 0],
    ]);
    // Of each ballot 64 and 160 bytes, and 288 of each batch.
    expect(batches.map(({ outputs, proof }) => [outputs.from, proof.from, proof.bytes])).toEqual([
      [0, 192, 768],
      [960, 1088, 608],
      [1696, 1760, 448],
    ]);
    expect(batches.map(({ opening }) => opening.from)).toEqual([0, 192, 352]);
    expect(bytes).toMatchObject({ mix: 2208, opening: 480, opened: 192 });
    expect(ballots).toBe(6);
  });

  test("leaves no byte out and none twice", () => {
    fc.assert(
      fc.property(someCounts, ([counts, most]) => {
        const { regions, batches, bytes, ballots } = bundleLayout(counts, most);
        const follow = (spans: readonly Readonly<{ from: number; bytes: number }>[], whole: number): void => {
          let at = 0;
          for (const span of spans) {
            expect(span.from).toBe(at);
            at += span.bytes;
          }
          expect(at).toBe(whole);
        };
        follow(
          batches.flatMap(({ outputs, proof }) => [outputs, proof]),
          bytes.mix,
        );
        follow(
          batches.map(({ opening }) => opening),
          bytes.opening,
        );
        follow(
          batches.map(({ opened }) => opened),
          bytes.opened,
        );
        follow(
          regions.map(({ lines }) => lines),
          bytes.box,
        );
        expect(ballots).toBe(counts.reduce((sum, [, count]) => sum + count, 0));
        for (const { ballots: size, outputs, proof, opening } of batches) {
          expect([outputs.bytes, proof.bytes]).toEqual([size * ENCRYPTED_BYTES, shuffleProofBytes(size)]);
          expect(opening.bytes).toBe(openingBytes(size));
        }
      }),
    );
  });

  test("spreads a mix's outputs over the next one's batches as they are spread in memory", () => {
    fc.assert(
      fc.property(someCounts, ([counts, most]) => {
        const { regions } = bundleLayout(counts as RegionBallots, most);
        for (const region of regions) {
          // Each ballot stands for the place where its output lies.
          const from = (at: BatchPlace) =>
            Array.from({ length: at.ballots }, (_, place) => at.outputs.from + place * ENCRYPTED_BYTES);
          const mixed = region.batches.map(from);
          expect(region.batches.map((at) => [...spreadInto(region, at)])).toEqual(spreadOverBatches(mixed));
        }
      }),
    );
  });

  test("cuts a region as its ballots are cut", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 1, max: 9 }), (count, most) => {
        const ballots = Array.from({ length: count }, (_, place) => place);
        const cut = cutIntoBatches(ballots, most);
        const { batches } = bundleLayout([["a", count]], most);
        expect(batches.map(({ before, ballots: size }) => ballots.slice(before, before + size))).toEqual(cut);
      }),
    );
  });
});

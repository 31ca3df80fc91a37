import { batchSizes, MOST_IN_BATCH } from "#core/trustees/batches.ts";
import { trusteeLineBytes } from "#core/trustees/bundle/box-line.ts";
import { ENCRYPTED_BYTES } from "#core/trustees/encrypted-batch.ts";
import { POINT_BYTES } from "#core/trustees/group.ts";
import { openingBytes } from "#core/trustees/opening-proof.ts";
import { shuffleProofBytes } from "#core/trustees/shuffle-proof.ts";

/**
 * Where what belongs to a batch lies in the files of a bundle. Regions follow one another in the order of the definition (contestRegionIds), the
 * batches of a region in theirs; a region without ballots has none.
 *
 * - `box.jsonl`: lines of one length in each region;
 * - `mix-1.bin`: of each batch the outputs, 64 bytes each, and then the proof;
 * - `opening-1.bin`: of each batch one opening;
 * - `opened.bin`: of each ballot 32 bytes, in the order of the last mix.
 */

export type Span = Readonly<{ from: number; bytes: number }>;

export type BatchPlace = Readonly<{
  regionId: string;
  /** From 0, in its region. */
  batch: number;
  /** How many batches its region has. */
  batches: number;
  ballots: number;
  /** How many ballots of its region are in the batches before it. */
  before: number;
  outputs: Span;
  proof: Span;
  opening: Span;
  opened: Span;
}>;

export type RegionPlace = Readonly<{
  regionId: string;
  ballots: number;
  /** Of each line, line feed included. */
  lineBytes: number;
  /** All its lines. */
  lines: Span;
  batches: readonly BatchPlace[];
}>;

export type BundleLayout = Readonly<{
  regions: readonly RegionPlace[];
  batches: readonly BatchPlace[];
  ballots: number;
  /** How long each file must be. */
  bytes: Readonly<{ box: number; mix: number; opening: number; opened: number }>;
}>;

/** How many ballots each region has, in the order of regions. */
export type RegionBallots = readonly (readonly [regionId: string, ballots: number])[];

export function bundleLayout(counts: RegionBallots, mostInBatch = MOST_IN_BATCH): BundleLayout {
  const ends = { box: 0, mix: 0, opening: 0, opened: 0 };
  const take = (file: keyof typeof ends, bytes: number): Span => {
    ends[file] += bytes;
    return { from: ends[file] - bytes, bytes };
  };
  const regions = counts.map(([regionId, ballots]): RegionPlace => {
    const lineBytes = trusteeLineBytes(regionId);
    const sizes = batchSizes(ballots, mostInBatch);
    let before = 0;
    const batches = sizes.map((size, batch): BatchPlace => {
      before += size;
      return {
        ...{ regionId, batch, batches: sizes.length, ballots: size, before: before - size },
        outputs: take("mix", size * ENCRYPTED_BYTES),
        proof: take("mix", shuffleProofBytes(size)),
        opening: take("opening", openingBytes(size)),
        opened: take("opened", size * POINT_BYTES),
      };
    });
    return { regionId, ballots, lineBytes, lines: take("box", ballots * lineBytes), batches };
  });
  return {
    regions,
    batches: regions.flatMap(({ batches }) => batches),
    ballots: regions.reduce((sum, { ballots }) => sum + ballots, 0),
    bytes: ends,
  };
}

/**
 * Where in a mix's file lie the outputs that are the inputs of a batch of the next mix, in order: those at batch, batch + k, batch + 2k and so on
 * of the region, which has k batches (see spreadOverBatches).
 */
export function* spreadInto(region: RegionPlace, { batch, batches }: BatchPlace): Generator<number> {
  for (const { before, ballots, outputs } of region.batches) {
    const first = (((batch - before) % batches) + batches) % batches;
    for (let at = first; at < ballots; at += batches) yield outputs.from + at * ENCRYPTED_BYTES;
  }
}

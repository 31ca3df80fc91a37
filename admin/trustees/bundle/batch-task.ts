import { randomBytes } from "node:crypto";
import { type BundleLayout, bundleLayout, type RegionBallots } from "#core/trustees/bundle/layout.ts";
import type { Ceremony } from "#core/trustees/ceremony/record-shape.ts";
import type { RandomBytes } from "#core/trustees/group.ts";

/** What every thread that works on batches of a bundle is told. */
export type BatchesOf = Readonly<{
  folder: string;
  ceremony: Ceremony;
  counts: RegionBallots;
  mostInBatch?: number | undefined;
}>;

/** A batch, by its place in the layout. */
export type BatchTask = number;

export const layoutOf = ({ counts, mostInBatch }: BatchesOf): BundleLayout => bundleLayout(counts, mostInBatch);

export const random: RandomBytes = (length) => new Uint8Array(randomBytes(length));

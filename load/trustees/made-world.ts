import { createHash } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { toBase64Url } from "#core/bytes.ts";
import { merkleTree } from "#core/merkle-tree.ts";
import type { Tally } from "#core/results.ts";
import type { TrusteeBoxLine } from "#core/trustees/bundle/box-line.ts";
import { ceremonyDigest } from "#core/trustees/ceremony/record.ts";
import { recordIn } from "#core/trustees/ceremony/record-shape.ts";
import type { EncryptedBallot } from "#core/trustees/encrypted-batch.ts";
import type { MixContext } from "#core/trustees/shuffle-challenges.ts";
import type { MadeCard, MadeElection } from "#load/trustees/made-election.ts";
import type { drawnFrom } from "#load/trustees/seeds.ts";

/** What a bundle is made of, and what a cheat does differently. */

export const sha256Hex = (bytes: string | Uint8Array): string => createHash("sha256").update(bytes).digest("hex");
export const rootOf = (leaves: readonly string[]): string => {
  const tree = merkleTree((bytes) => createHash("sha256").update(bytes).digest());
  for (const leaf of leaves) tree.add(Buffer.from(leaf));
  return Buffer.from(tree.root()).toString("hex");
};

export type RegionBatch = Readonly<{ regionId: string; batch: number; ballots: readonly EncryptedBallot[] }>;
/** One batch after a mix. */
export type MixedBatch = RegionBatch & Readonly<{ proof: Uint8Array }>;

/** What a cheat does differently. Each is given what is true. */
export type Cheats = Readonly<{
  /** Who the registrar puts on the roll. */
  roll?: (cards: readonly MadeCard[]) => readonly MadeCard[];
  /** Whether the roll that is stated and in the file, but not signed, is another. */
  unsignedRoll?: readonly MadeCard[];
  /** Trustees who sign the roll. */
  rollSigners?: readonly number[];
  lines?: (lines: readonly TrusteeBoxLine[]) => readonly TrusteeBoxLine[];
  mixContext?: (context: MixContext) => MixContext;
  /** Of the last mix. */
  mixed?: (batches: readonly MixedBatch[], inputs: readonly RegionBatch[]) => readonly MixedBatch[];
  mixers?: readonly number[];
  /** Of the first trustee who opens. */
  openings?: (openings: readonly Uint8Array[], mixed: readonly MixedBatch[]) => readonly Uint8Array[];
  openers?: readonly number[];
  opened?: (elements: readonly Uint8Array[]) => readonly Uint8Array[];
  tallies?: (tallies: ReadonlyMap<string, Tally>) => ReadonlyMap<string, Tally>;
}>;

export type World = Readonly<{
  made: MadeElection;
  folder: string;
  cheats: Cheats;
  random: ReturnType<typeof drawnFrom>;
}>;

export const write = (folder: string, name: string, content: string | Uint8Array): Promise<void> =>
  writeFile(join(folder, name), content);

export const ceremonyOf = ({ made }: World): string => toBase64Url(ceremonyDigest(recordIn(made.ceremony.ceremony)));

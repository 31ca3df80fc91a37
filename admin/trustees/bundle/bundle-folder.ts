import { BUNDLE_FILES, readCanonical } from "#admin/certification/bundle-files.ts";
import { boxPath, ceremonyFolderIn, mixFiles, openingFiles } from "#admin/trustees/bundle/file-names.ts";
import { readClosed } from "#admin/trustees/close.ts";
import { type CeremonyFolder, readFolder } from "#admin/trustees/folder.ts";
import { readIfThere } from "#admin/trustees/read-file.ts";
import { canonicalText } from "#core/canonical-json.ts";
import { contestRegionIds } from "#core/contest.ts";
import type { ElectionDefinition } from "#core/election.ts";
import { EnglishRefusal } from "#core/english-refusal.ts";
import { Changes, inForce, Opening } from "#core/opening.ts";
import { BoxFile } from "#core/trustees/bundle/box-file.ts";
import { type BundleLayout, bundleLayout, type RegionBallots } from "#core/trustees/bundle/layout.ts";
import { MixFile } from "#core/trustees/bundle/mix-file.ts";
import { OpeningFile } from "#core/trustees/bundle/opening-file.ts";
import type { Ceremony } from "#core/trustees/ceremony/record-shape.ts";
import { sha256Hex } from "#storage/definition-parts.ts";
import { readStatedOpening, type StatedOpening } from "#storage/stated-opening.ts";

/** A bundle that trustees mix and open, as far as it goes: its small files, each in its form. What they say is checked elsewhere. */

/** A file, and the SHA-256 of its bytes in hexadecimal. */
export type Hashed<T> = Readonly<{ value: T; sha256: string }>;

export type Bundle = Readonly<{
  folder: string;
  /** With the messages of which a trustee makes its share. */
  meeting: CeremonyFolder;
  ceremony: Ceremony;
  opening: StatedOpening;
  /** As it is in force after all changes. */
  definition: ElectionDefinition;
  box: Hashed<BoxFile>;
  counts: RegionBallots;
  layout: BundleLayout;
  /** The first is mix 1. No more than were agreed are read. */
  mixes: readonly Hashed<MixFile>[];
  /** By the number of the trustee. */
  openings: ReadonlyMap<number, Hashed<OpeningFile>>;
}>;

const hashed = <T>(value: T): Hashed<T> => ({ value, sha256: sha256Hex(canonicalText(value)) });

async function readOpening(folder: string): Promise<StatedOpening> {
  const opening = await readCanonical(folder, BUNDLE_FILES.opening, Opening);
  const changes = await readCanonical(folder, BUNDLE_FILES.changes, Changes);
  return readStatedOpening(opening.text, changes.text);
}

function countsOf(path: string, { statement }: BoxFile, definition: ElectionDefinition): RegionBallots {
  const stated = new Map(Object.entries(statement.ballots));
  const regionIds = contestRegionIds(definition);
  if (stated.size === regionIds.length && regionIds.every((regionId) => stated.has(regionId))) {
    return regionIds.map((regionId) => [regionId, stated.get(regionId) ?? 0]);
  }
  throw new EnglishRefusal(`${path}: its regions are not those of the election. Do not trust this box.`);
}

async function readMixes(folder: string, { mixes: agreed }: Ceremony): Promise<readonly Hashed<MixFile>[]> {
  const mixes: Hashed<MixFile>[] = [];
  while (mixes.length < agreed) {
    const path = mixFiles(folder, mixes.length + 1).signed;
    const mix = await readIfThere(path, "what a trustee signs of a mix", MixFile);
    if (mix === undefined) break;
    mixes.push(hashed(mix));
  }
  return mixes;
}

async function readOpenings(folder: string, { trustees }: Ceremony): Promise<Bundle["openings"]> {
  const openings = new Map<number, Hashed<OpeningFile>>();
  for (const place of trustees.keys()) {
    const path = openingFiles(folder, place + 1).signed;
    const opening = await readIfThere(path, "what a trustee signs of an opening", OpeningFile);
    if (opening !== undefined) openings.set(place + 1, hashed(opening));
  }
  return openings;
}

/**
 * Reads a bundle's small files. Throws Refusal when one is missing or damaged.
 * @param mostInBatch smaller in tests, which so have more batches
 */
export async function readBundle(folder: string, mostInBatch?: number): Promise<Bundle> {
  const path = boxPath(folder);
  const file = await readIfThere(path, "the statement of a box", BoxFile);
  if (file === undefined) {
    throw new EnglishRefusal(`${path}: there is no such file. scrutin box seal makes a bundle.`);
  }
  const meeting = await readFolder(ceremonyFolderIn(folder));
  const ceremony = await readClosed(meeting);
  const opening = await readOpening(folder);
  const { definition } = inForce(opening.opening, opening.changes);
  const counts = countsOf(path, file, definition);
  return {
    ...{ folder, meeting, ceremony, opening, definition, counts },
    box: hashed(file),
    layout: bundleLayout(counts, mostInBatch),
    mixes: await readMixes(folder, ceremony),
    openings: await readOpenings(folder, ceremony),
  };
}

/** The bundle with the mixes and openings that are there now. */
export const readAgain = async (bundle: Bundle): Promise<Bundle> => ({
  ...bundle,
  mixes: await readMixes(bundle.folder, bundle.ceremony),
  openings: await readOpenings(bundle.folder, bundle.ceremony),
});

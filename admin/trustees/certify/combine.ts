import type { OnProgress } from "#admin/shared/progress.ts";
import { newBinaryFile } from "#admin/trustees/bundle/binary-file.ts";
import { openedPath } from "#admin/trustees/bundle/file-names.ts";
import type { BatchThreads } from "#admin/trustees/verify/batch-threads.ts";
import { openingFaults } from "#admin/trustees/verify/opening-checks.ts";
import type { ReadBundle } from "#admin/trustees/verify/read-bundle.ts";
import { EnglishRefusal } from "#core/english-refusal.ts";
import { itemAt } from "#core/trustees/item-at.ts";

/** What the openings come to: `opened.bin`, by as many good ones as it takes. */

/** An opening that is not good, and why it is left out. */
export type LeftOut = Readonly<{ trustee: number; name: string; why: string }>;
export type CombinedOpenings = Readonly<{ good: readonly number[]; leftOut: readonly LeftOut[] }>;

/** Openings whose files are whole and signed, and those that are not. */
async function signedOpenings(bundle: ReadBundle): Promise<CombinedOpenings> {
  const { trustees } = await bundle.ceremony();
  const good: number[] = [];
  const leftOut: LeftOut[] = [];
  for (const [place, { name }] of trustees.entries()) {
    const trustee = place + 1;
    // Damaged as it may be: the others open the box without it.
    const there = await bundle.openingOf(trustee).catch((error: unknown) => {
      leftOut.push({ trustee, name, why: error instanceof Error ? error.message : "it cannot be read" });
      return undefined;
    });
    if (there === undefined) continue;
    const [why] = await openingFaults(bundle, trustee);
    if (why === undefined) good.push(trustee);
    else leftOut.push({ trustee, name, why });
  }
  return { good, leftOut };
}

async function requireEnough(bundle: ReadBundle, { good, leftOut }: CombinedOpenings): Promise<void> {
  const { threshold } = await bundle.ceremony();
  if (good.length >= threshold) return;
  const bad = leftOut.map(({ trustee, name, why }) => ` Left out: trustee ${trustee}, ${name}: ${why}.`);
  throw new EnglishRefusal(
    `${bundle.folder}: ${good.length} of the ${threshold} openings that it takes are there and good.${bad.join("")} Each trustee who has not: scrutin trustee open ${bundle.folder} --key FILE.`,
  );
}

/** Writes what these openings come to. @returns the trustees whose proofs are false in some batch */
async function writeOpened(
  bundle: ReadBundle,
  trustees: readonly number[],
  threads: BatchThreads,
  onProgress: OnProgress,
): Promise<ReadonlySet<number>> {
  const [layout, { mixes }] = [await bundle.layout(), await bundle.ceremony()];
  const bad = new Set<number>();
  const file = await newBinaryFile(openedPath(bundle.folder));
  try {
    const jobs = layout.batches.map((_, place) => ({ kind: "combine", place, mixes, trustees }) as const);
    let done = 0;
    await threads.doAll(jobs, async (combined, { place }) => {
      const { opened, ballots } = itemAt(layout.batches, place);
      for (const trustee of combined.bad) bad.add(trustee);
      if (combined.elements !== undefined) await file.write(combined.elements, opened.from);
      done += ballots;
      onProgress({ step: "combining", done, total: layout.ballots });
    });
    if (bad.size === 0) await file.finish();
    return bad;
  } finally {
    await file.close();
  }
}

/** Combines the good openings, and names the others. Throws Refusal when too few are good. */
export async function combineBundle(
  bundle: ReadBundle,
  threads: BatchThreads,
  onProgress: OnProgress,
): Promise<CombinedOpenings> {
  const { trustees } = await bundle.ceremony();
  let found = await signedOpenings(bundle);
  for (;;) {
    await requireEnough(bundle, found);
    const bad = await writeOpened(bundle, found.good, threads, onProgress);
    if (bad.size === 0) return found;
    const falseOnes = [...bad].map((trustee): LeftOut => {
      return { trustee, name: itemAt(trustees, trustee - 1).name, why: "its proof is false" };
    });
    found = {
      good: found.good.filter((trustee) => !bad.has(trustee)),
      leftOut: [...found.leftOut, ...falseOnes],
    };
  }
}

import { changesFaults } from "#admin/certification/opening-checks.ts";
import type { OnProgress } from "#admin/shared/progress.ts";
import { readBundle } from "#admin/trustees/verify/read-bundle.ts";
import type { CheckGroup } from "#admin/trustees/verify/told.ts";
import { oneCheck, orFaults } from "#admin/trustees/verify/told.ts";
import { mixedGroups } from "#admin/trustees/verify/trustees-checks.ts";

/** What a trustee checks before mixing or opening: all that verify checks of what is there so far. */

export type MixedBoxOptions = Readonly<{
  onProgress?: OnProgress | undefined;
  mostInBatch?: number | undefined;
}>;

async function faultsOf(groups: readonly CheckGroup[]): Promise<readonly string[]> {
  const faults: string[] = [];
  for (const group of groups) {
    for (const { name, isTrue, finding } of await group.make()) {
      if (isTrue === false) faults.push(`${name}: ${finding.kind === "told" ? finding.words : "does not hold"}`);
    }
  }
  return faults;
}

/** What is wrong with a box and its first mixes, a sentence each. */
export async function boxFaults(
  folder: string,
  { through, ...options }: MixedBoxOptions & Readonly<{ through: number }>,
): Promise<readonly string[]> {
  const bundle = readBundle(folder, options.mostInBatch);
  const changes = oneCheck("changes", async () =>
    orFaults(changesFaults(await bundle.opening(), await bundle.changes()), "signed one after the other"),
  );
  return faultsOf([changes, ...mixedGroups(bundle, { ...options, through })]);
}

/** As boxFaults, of a box that was mixed as often as agreed. */
export async function mixedBoxFaults(folder: string, options: MixedBoxOptions = {}): Promise<readonly string[]> {
  const { mixes } = await readBundle(folder).ceremony();
  return boxFaults(folder, { ...options, through: mixes });
}

import type { Connection } from "#admin/connection/connection.ts";
import {
  checked,
  checkRoll,
  enter,
  type ImportSummary,
  importRoll,
  PartlyImported,
  type RollGiven,
  rollGiven,
} from "#admin/roll/import.ts";
import { type ImportOptions, type ImportPlan, prepare, readNamed } from "#admin/roll/import-check.ts";
import { electionsNamed, type ForElection, forEachElection } from "#admin/shared/each-election.ts";
import type { OnProgress } from "#admin/shared/progress.ts";
import { Refusal } from "#core/refusal.ts";

/**
 * One file of voters for several elections, such as the questions of a paper. Every row is checked for all of them before anything is
 * written for any; then it is written for one after the other.
 */

/** Progress that tells for which of several elections. */
function told(
  electionIds: readonly string[],
  index: number,
  onProgress: OnProgress | undefined,
): OnProgress | undefined {
  if (electionIds.length === 1) return onProgress;
  return (progress) =>
    onProgress?.({
      ...progress,
      step: `${progress.step} ${electionIds[index]} (${index + 1} of ${electionIds.length})`,
    });
}

/** Checks a roll for each election as an import would, and writes nothing. Throws Refusal as importRolls does. */
export function checkRolls(
  connection: Connection,
  electionIds: readonly string[],
  roll: RollGiven,
  options: ImportOptions = {},
): Promise<readonly ForElection<ImportPlan>[]> {
  return forEachElection(electionIds, (electionId, index) => {
    const onProgress = told(electionIds, index, options.onProgress);
    return checkRoll(connection, electionId, roll, { ...options, ...(onProgress !== undefined && { onProgress }) });
  });
}

/**
 * Imports a roll into each election, or resumes such an import that was killed. Throws Refusal, having written nothing for any, when a row
 * is bad for one of them and `skipBad` is not set. What fails while it is written leaves those before it imported, and those after it as
 * they were; given again, the same import goes on from there.
 */
export async function importRolls(
  connection: Connection,
  electionIds: readonly string[],
  roll: RollGiven,
  options: ImportOptions = {},
): Promise<readonly ForElection<ImportSummary>[]> {
  const [only, ...others] = electionIds;
  if (only !== undefined && others.length === 0) {
    return [{ electionId: only, of: await importRoll(connection, only, roll, options) }];
  }
  const source = await rollGiven(roll);
  const works = await forEachElection(electionIds, (electionId, index) => {
    const onProgress = told(electionIds, index, options.onProgress);
    return prepare(connection, electionId, source, { ...options, ...(onProgress !== undefined && { onProgress }) });
  });
  const workOf = new Map(works.map(({ electionId, of }) => [electionId, of]));
  const plans = await forEachElection(electionIds, async (electionId) => {
    const work = workOf.get(electionId);
    if (work === undefined) throw new Error("every election was prepared");
    // Who is named by a large roll takes much memory, and so is read again when it is written.
    return checked(work, await readNamed(work), options);
  });
  for (const { electionId, of } of plans) options.onPlan?.(of.plan, electionId);
  const done: ForElection<ImportSummary>[] = [];
  for (const { electionId, of } of plans) {
    try {
      done.push({ electionId, of: await enter(of, await readNamed(of.work), options) });
    } catch (error) {
      if (!(error instanceof Refusal) || done.length === 0) throw error;
      const before = electionsNamed(done.map((each) => each.electionId));
      throw new PartlyImported(
        `${error.message}\nThe file is on the roll of ${before.en} already.`,
        `${error.in("fr")}\nLe fichier est déjà inscrit pour ${before.fr}.`,
      );
    }
  }
  return done;
}

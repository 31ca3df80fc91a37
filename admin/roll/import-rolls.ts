import type { Connection } from "#admin/connection/connection.ts";
import { checked, checkRoll, enter, type ImportSummary, importRoll } from "#admin/roll/import.ts";
import { type ImportOptions, type ImportPlan, prepare, readNamed } from "#admin/roll/import-check.ts";
import type { OnProgress } from "#admin/shared/progress.ts";
import { Refusal } from "#core/refusal.ts";

/**
 * One file of voters for several elections, such as the questions of a paper. Every row is checked for all of them before anything is
 * written for any; then it is written for one after the other.
 */

export type ForElection<T> = Readonly<{ electionId: string; of: T }>;

const beginning = (electionIds: readonly string[]): string =>
  `Election${electionIds.length === 1 ? "" : "s"} ${electionIds.join(", ")}`;

/** Does something for each election, one after the other. Throws Refusal with what is refused for any, each sentence once. */
async function forEach<T>(
  electionIds: readonly string[],
  act: (electionId: string, index: number) => Promise<T>,
): Promise<readonly ForElection<T>[]> {
  const done: ForElection<T>[] = [];
  const refused = new Map<string, string[]>();
  for (const [index, electionId] of electionIds.entries()) {
    try {
      done.push({ electionId, of: await act(electionId, index) });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      refused.set(error.message, [...(refused.get(error.message) ?? []), electionId]);
    }
  }
  if (refused.size === 0) return done;
  const told = [...refused].map(([message, ids]) =>
    ids.length === electionIds.length ? message : `${beginning(ids)}: ${message}`,
  );
  throw new Refusal(told.join("\n"));
}

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
  file: string,
  options: ImportOptions = {},
): Promise<readonly ForElection<ImportPlan>[]> {
  return forEach(electionIds, (electionId, index) => {
    const onProgress = told(electionIds, index, options.onProgress);
    return checkRoll(connection, electionId, file, { ...options, ...(onProgress !== undefined && { onProgress }) });
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
  file: string,
  options: ImportOptions = {},
): Promise<readonly ForElection<ImportSummary>[]> {
  const [only, ...others] = electionIds;
  if (only !== undefined && others.length === 0) {
    return [{ electionId: only, of: await importRoll(connection, only, file, options) }];
  }
  const works = await forEach(electionIds, (electionId, index) => {
    const onProgress = told(electionIds, index, options.onProgress);
    return prepare(connection, electionId, file, { ...options, ...(onProgress !== undefined && { onProgress }) });
  });
  const workOf = new Map(works.map(({ electionId, of }) => [electionId, of]));
  const plans = await forEach(electionIds, async (electionId) => {
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
      const before = beginning(done.map((each) => each.electionId));
      throw new Refusal(`Election ${electionId}: ${error.message}\n${before}: the file is on the roll already.`);
    }
  }
  return done;
}

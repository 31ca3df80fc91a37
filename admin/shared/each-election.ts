import { Refusal } from "#core/refusal.ts";

/** What is done for several elections, such as the questions of a paper. */

export type ForElection<T> = Readonly<{ electionId: string; of: T }>;

/** "election A", "elections A, B". */
export const electionsNamed = (electionIds: readonly string[]): string =>
  `election${electionIds.length === 1 ? "" : "s"} ${electionIds.join(", ")}`;

/** Does something for each election, one after the other. Throws Refusal with what is refused for any, each sentence once. */
export async function forEachElection<T>(
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
    ids.length === electionIds.length ? message : `For ${electionsNamed(ids)}: ${message}`,
  );
  throw new Refusal(told.join("\n"));
}

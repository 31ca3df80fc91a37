import type { BilingualText } from "#core/election.ts";
import { Refusal } from "#core/refusal.ts";

/** What is done for several elections, such as the questions of a paper. */

export type ForElection<T> = Readonly<{ electionId: string; of: T }>;

/** "election A", "elections A, B". */
export function electionsNamed(electionIds: readonly string[]): BilingualText {
  const [isOne, ids] = [electionIds.length === 1, electionIds.join(", ")];
  return { en: `election${isOne ? "" : "s"} ${ids}`, fr: `${isOne ? "l’élection" : "les élections"} ${ids}` };
}

/** Does something for each election, one after the other. Throws Refusal with what is refused for any, each sentence once. */
export async function forEachElection<T>(
  electionIds: readonly string[],
  act: (electionId: string, index: number) => Promise<T>,
): Promise<readonly ForElection<T>[]> {
  const done: ForElection<T>[] = [];
  const refused = new Map<string, { refusal: Refusal; ids: string[] }>();
  for (const [index, electionId] of electionIds.entries()) {
    try {
      done.push({ electionId, of: await act(electionId, index) });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const { ids } = refused.get(error.message) ?? { ids: [] };
      refused.set(error.message, { refusal: error, ids: [...ids, electionId] });
    }
  }
  if (refused.size === 0) return done;
  const told = [...refused.values()].map(({ refusal, ids }) => {
    const { en, fr } = refusal.texts;
    if (ids.length === electionIds.length) return { en, fr };
    const named = electionsNamed(ids);
    return { en: `For ${named.en}: ${en}`, fr: `Pour ${named.fr}\u00a0: ${fr}` };
  });
  throw Refusal.ofEach(told);
}

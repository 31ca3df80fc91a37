import { NOTHING_PUBLISHED } from "#core/published-state.ts";
import { decodeState, encodeState } from "#storage/published-state-codec.ts";
import type { Published, PublishedStates } from "#storage/published-table.ts";

const NONE: Published = { version: 0, writtenAtMs: 0, bytes: 0, state: NOTHING_PUBLISHED };

/** Published states in memory, and every one that ever was. */
export function publishedInMemory(): PublishedStates & { history: Published[] } {
  const standing = new Map<string, Published>();
  const history: Published[] = [];
  return {
    history,
    find: async (electionId) => standing.get(electionId) ?? NONE,
    async publish(electionId, before, state, atMs) {
      if ((standing.get(electionId) ?? NONE).version !== before.version) return "overtaken";
      const bytes = encodeState(state);
      const next = { version: before.version + 1, writtenAtMs: atMs, bytes: bytes.length, state: decodeState(bytes) };
      standing.set(electionId, next);
      history.push(next);
      return "published";
    },
  };
}

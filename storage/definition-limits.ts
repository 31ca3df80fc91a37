import type { ElectionDefinition } from "#core/election.ts";
import { longestSelectionBytes } from "#core/selection.ts";

/**
 * A ranking is counted in a row whose sort key has it after a stream shard's id of up to 65 characters, and a sort key has at
 * most 1,024 bytes (DynamoDB guide, "Quotas"). One that did not fit would hold up all counting.
 */
const MOST_RANKING_BYTES = 950;

/** A sentence with field and rule for each limit of the tables that a definition exceeds. */
export function limitsExceeded(definition: ElectionDefinition): readonly string[] {
  if (definition.votingMethod !== "ranked_choice" || longestSelectionBytes(definition) <= MOST_RANKING_BYTES) return [];
  return [
    `maxRankings: the longest ranking may have ${MOST_RANKING_BYTES} characters with its separators: shorten the candidates' ids, or let fewer be ranked.`,
  ];
}

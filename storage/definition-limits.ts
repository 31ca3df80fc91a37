import type { ElectionDefinition } from "#core/election.ts";
import { longestSelectionBytes } from "#core/selection.ts";
import { definitionText, MOST_DEFINITION_BYTES } from "#storage/definition-parts.ts";

/**
 * A ranking is counted in a row whose sort key has it after a stream shard's id of up to 65 characters, and a sort key has at
 * most 1,024 bytes (DynamoDB guide, "Quotas"). One that did not fit would hold up all counting.
 */
const MOST_RANKING_BYTES = 950;

/** A sentence with field and rule for each limit of the tables that a definition exceeds. */
export function limitsExceeded(definition: ElectionDefinition): readonly string[] {
  const bytes = Buffer.byteLength(definitionText(definition));
  return [
    ...(bytes > MOST_DEFINITION_BYTES
      ? [
          `the definition: may have ${MOST_DEFINITION_BYTES / 1e6} MB and has ${(bytes / 1e6).toFixed(1)}: shorten the candidates' biographies (bio).`,
        ]
      : []),
    ...(definition.votingMethod === "ranked_choice" && longestSelectionBytes(definition) > MOST_RANKING_BYTES
      ? [
          `maxRankings: the longest ranking may have ${MOST_RANKING_BYTES} characters with its separators: shorten the candidates' ids, or let fewer be ranked.`,
        ]
      : []),
  ];
}

import { candidatesIn, contestRegionIds, isRanked } from "#core/contest.ts";
import type { ElectionDefinition } from "#core/election.ts";
import { longestSelectionBytes } from "#core/selection.ts";
import { definitionText, MOST_DEFINITION_BYTES } from "#storage/definition-parts.ts";

/**
 * A ranking is counted in a row whose sort key has it after a stream shard's id of up to 65 characters, and a sort key has at
 * most 1,024 bytes (DynamoDB guide, "Quotas"). One that did not fit would hold up all counting.
 */
const MOST_RANKING_BYTES = 950;

/** Shorter ones are not worth asking for. */
const LEAST_BIOGRAPHY_CHARACTERS = 20;

const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(1);

/** How to make a definition smaller that has so many bytes too many: what to shorten, and to what. */
function shortening(definition: ElectionDefinition, tooMany: number): string {
  if (definition.votingMethod === "referendum") return "shorten its texts";
  const biographies = definition.candidates.flatMap(({ bio }) => (bio === undefined ? [] : [bio.fr, bio.en]));
  // As JSON, without quotation marks.
  const bytes = biographies.reduce((sum, text) => sum + Buffer.byteLength(JSON.stringify(text)) - 2, 0);
  const left = Math.floor((bytes - tooMany) / Math.max(1, biographies.length));
  return left < LEAST_BIOGRAPHY_CHARACTERS
    ? `it has ${definition.candidates.length} candidates in ${definition.regions.length} regions: divide it into several elections, by their regions`
    : `shorten the biographies (candidates[].bio, ${megabytes(bytes)} MB of it) to ${left} characters in each language on average, and put longer ones on the candidates' own pages`;
}

/** Where ballots mark names, one update counts them all: its expression has at most 300 operators and 4 kB. */
const MOST_MARKED_CANDIDATES = 140;

function regionsTooLarge(definition: ElectionDefinition): readonly string[] {
  if (definition.votingMethod !== "choose") return [];
  return contestRegionIds(definition).flatMap((regionId) => {
    const standing = candidatesIn(definition, regionId).length;
    return standing <= MOST_MARKED_CANDIDATES
      ? []
      : [
          `candidates: region ${regionId} may have ${MOST_MARKED_CANDIDATES} where ballots mark names, and has ${standing}.`,
        ];
  });
}

/** A sentence with field and rule for each limit of the tables that a definition exceeds. */
export function limitsExceeded(definition: ElectionDefinition): readonly string[] {
  const bytes = Buffer.byteLength(definitionText(definition));
  return [
    ...(bytes > MOST_DEFINITION_BYTES
      ? [
          `the definition: may have ${megabytes(MOST_DEFINITION_BYTES)} MB and has ${megabytes(bytes)}: ${shortening(definition, bytes - MOST_DEFINITION_BYTES)}.`,
        ]
      : []),
    ...regionsTooLarge(definition),
    ...(definition.votingMethod === "choose" && longestSelectionBytes(definition) > MOST_RANKING_BYTES
      ? [
          `maxChoices: the names of the longest ballot may have ${MOST_RANKING_BYTES} characters with a + before each: shorten the candidates' ids, or let fewer be marked.`,
        ]
      : []),
    ...(isRanked(definition) && longestSelectionBytes(definition) > MOST_RANKING_BYTES
      ? [
          `maxRankings: the longest ranking may have ${MOST_RANKING_BYTES} characters with its separators: shorten the candidates' ids, or let fewer be ranked.`,
        ]
      : []),
  ];
}

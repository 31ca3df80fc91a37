import { candidatesIn, contestRegionIds, isRanked, type RaceDefinition } from "#core/contest.ts";
import type { BilingualText, ElectionDefinition } from "#core/election.ts";
import { longestSelectionBytes } from "#core/selection.ts";
import { keepApart } from "#storage/biographies.ts";
import { definitionText, MOST_DEFINITION_BYTES } from "#storage/definition-parts.ts";

/**
 * A ranking is counted in a row whose sort key has it after a stream shard's id of up to 65 characters, and a sort key has at
 * most 1,024 bytes (DynamoDB guide, "Quotas"). One that did not fit would hold up all counting.
 */
const MOST_RANKING_BYTES = 950;

/** A region's candidates come in one answer, which has at most 6 MB (Lambda guide, "Quotas"). */
const MOST_BYTES_IN_A_REGION = 5_000_000;

/** What 12,000 candidates write at most, in whatever script: they pass through the memory of whoever applies the definition. */
const MOST_BIOGRAPHY_BYTES = 300_000_000;

const megabytes = (bytes: number): BilingualText => {
  const en = (bytes / 1e6).toFixed(1);
  return { en, fr: en.replace(".", ",") };
};

/** As JSON, and without the quotation marks. */
const bytesOf = (text: string): number => Buffer.byteLength(JSON.stringify(text)) - 2;

type Sums = Readonly<{ biographies: number; characters: number; bytes: number }>;
type Region = Sums & Readonly<{ regionId: string }>;

/** How much the candidates of each region write; regions with the same candidates are one. */
function biographiesByRegion({ candidates, regions }: RaceDefinition): readonly Region[] {
  const standing = new Map(
    regions.map(({ regionId }) => [regionId, { biographies: 0, characters: 0, bytes: 0, ids: "" }]),
  );
  for (const { candidateId, regionIds, bio } of candidates) {
    if (bio === undefined) continue;
    const bytes = bytesOf(bio.fr) + bytesOf(bio.en);
    for (const regionId of regionIds) {
      const region = standing.get(regionId);
      if (region === undefined) continue;
      region.biographies++;
      region.characters += bio.fr.length + bio.en.length;
      region.bytes += bytes;
      region.ids += `${candidateId},`;
    }
  }
  const distinct = new Map([...standing].map(([regionId, { ids, ...sums }]) => [ids, { regionId, ...sums }]));
  return [...distinct.values()];
}

function tooLong(where: BilingualText, limit: number, { biographies, characters, bytes }: Sums): BilingualText {
  const left = Math.floor((characters / (2 * biographies)) * (limit / bytes));
  const [most, has] = [megabytes(limit), megabytes(bytes)];
  return {
    en: `candidates[].bio: the biographies${where.en} may have ${most.en} MB together and have ${has.en}: shorten them to ${left} characters in each language on average.`,
    fr: `candidates[].bio\u00a0: ensemble, les biographies${where.fr} peuvent faire ${most.fr}\u00a0Mo et en font ${has.fr}\u00a0: ramenez-les à ${left} caractères en moyenne, dans chaque langue.`,
  };
}

const EVERYWHERE: BilingualText = { en: "", fr: "" };

/** A sentence for what is too long in the biographies; at most one. */
function biographiesExceeded(definition: ElectionDefinition): readonly BilingualText[] {
  if (definition.votingMethod === "referendum") return [];
  const regions = biographiesByRegion(definition);
  const largest = regions.reduce<Region | undefined>(
    (a, b) => (a !== undefined && a.bytes >= b.bytes ? a : b),
    undefined,
  );
  if (largest !== undefined && largest.bytes > MOST_BYTES_IN_A_REGION) {
    const { regionId } = largest;
    const where = { en: ` in region ${regionId}`, fr: ` de la région ${regionId}` };
    return [tooLong(where, MOST_BYTES_IN_A_REGION, largest)];
  }
  const sum = (field: keyof Sums): number => regions.reduce((total, region) => total + region[field], 0);
  const all = { biographies: sum("biographies"), characters: sum("characters"), bytes: sum("bytes") };
  return all.bytes > MOST_BIOGRAPHY_BYTES ? [tooLong(EVERYWHERE, MOST_BIOGRAPHY_BYTES, all)] : [];
}

/** A sentence where a definition is too long without its biographies. */
function definitionExceeded(definition: ElectionDefinition): readonly BilingualText[] {
  const bytes = Buffer.byteLength(definitionText(keepApart(definition).definition));
  if (bytes <= MOST_DEFINITION_BYTES) return [];
  const advice =
    definition.votingMethod === "referendum"
      ? { en: "shorten its texts", fr: "raccourcissez ses textes" }
      : {
          en: `it has ${definition.candidates.length} candidates in ${definition.regions.length} regions: divide it into several elections, by their regions`,
          fr: `elle a ${definition.candidates.length} candidatures dans ${definition.regions.length} régions\u00a0: faites-en plusieurs élections, par régions`,
        };
  const [most, has] = [megabytes(MOST_DEFINITION_BYTES), megabytes(bytes)];
  return [
    {
      en: `the definition: may have ${most.en} MB without its biographies and has ${has.en}: ${advice.en}.`,
      fr: `La définition peut faire ${most.fr}\u00a0Mo sans ses biographies et en fait ${has.fr}\u00a0: ${advice.fr}.`,
    },
  ];
}

/** Where ballots mark names, one update counts them all: its expression has at most 300 operators and 4 kB. */
const MOST_MARKED_CANDIDATES = 140;

function regionsTooLarge(definition: ElectionDefinition): readonly BilingualText[] {
  if (definition.votingMethod !== "choose") return [];
  return contestRegionIds(definition).flatMap((regionId) => {
    const standing = candidatesIn(definition, regionId).length;
    return standing <= MOST_MARKED_CANDIDATES
      ? []
      : [
          {
            en: `candidates: region ${regionId} may have ${MOST_MARKED_CANDIDATES} where ballots mark names, and has ${standing}.`,
            fr: `candidates\u00a0: quand le bulletin coche des noms, une région peut avoir ${MOST_MARKED_CANDIDATES} candidatures\u202f; la région ${regionId} en a ${standing}.`,
          },
        ];
  });
}

/** A sentence with field and rule for each limit of the tables that a definition exceeds. */
export function limitsExceeded(definition: ElectionDefinition): readonly BilingualText[] {
  const biographies = biographiesExceeded(definition);
  return [
    ...(biographies.length > 0 ? biographies : definitionExceeded(definition)),
    ...regionsTooLarge(definition),
    ...(definition.votingMethod === "choose" && longestSelectionBytes(definition) > MOST_RANKING_BYTES
      ? [
          {
            en: `maxChoices: the names of the longest ballot may have ${MOST_RANKING_BYTES} characters with a + before each: shorten the candidates' ids, or let fewer be marked.`,
            fr: `maxChoices\u00a0: les noms du plus long bulletin peuvent compter ${MOST_RANKING_BYTES} caractères, avec un + devant chacun\u00a0: raccourcissez les identifiants des candidatures, ou laissez-en cocher moins.`,
          },
        ]
      : []),
    ...(isRanked(definition) && longestSelectionBytes(definition) > MOST_RANKING_BYTES
      ? [
          {
            en: `maxRankings: the longest ranking may have ${MOST_RANKING_BYTES} characters with its separators: shorten the candidates' ids, or let fewer be ranked.`,
            fr: `maxRankings\u00a0: le plus long classement peut compter ${MOST_RANKING_BYTES} caractères, séparateurs compris\u00a0: raccourcissez les identifiants des candidatures, ou laissez-en classer moins.`,
          },
        ]
      : []),
  ];
}

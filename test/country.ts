import { ElectionDefinition, NAS_AND_SHORT_CODE } from "#core/election.ts";
import { seededRandom } from "#load/shared/seeded-random.ts";

/** A country's election: 1,000 regions with twelve candidates each, who say in both languages who they are. */

export const REGIONS = 1_000;
export const CANDIDATES = 12;

type Overrides = Readonly<{ electionId?: string; title?: { fr: string; en: string }; candidates?: number }>;

/** @param bioCharacters in each language; without biographies when 0 @param overrides.candidates in each region */
export function country(bioCharacters: number, overrides: Overrides = {}): ElectionDefinition {
  const random = seededRandom(1, "country");
  const word = (): string =>
    Array.from({ length: 3 + random(7) }, () => "abcdefghijklmnopqrstuvwxyz"[random(26)]).join("");
  const words = Array.from({ length: 5_000 }, word);
  const prose = (characters: number): string => {
    let text = "";
    while (text.length < characters) text += `${words[random(words.length)]} `;
    return text.slice(0, characters);
  };
  // Much alike: a country writes a hundred million characters, which are to be compressed in no time.
  const pool = prose(10_000);
  const biography = (characters: number): string => {
    const from = random(pool.length - characters);
    return pool.slice(from, from + characters);
  };
  const { electionId = "COUNTRY", title = { fr: "Élection", en: "Election" }, candidates = CANDIDATES } = overrides;
  const regions = Array.from({ length: REGIONS }, (_, at) => `r${at}`);
  return ElectionDefinition.parse({
    electionId,
    title,
    votingMethod: "single_choice",
    credentialFields: NAS_AND_SHORT_CODE,
    opensAt: "2025-01-01T00:00:00Z",
    closesAt: "2099-12-31T00:00:00Z",
    regions: regions.map((regionId) => ({ regionId, name: { fr: prose(20), en: prose(20) } })),
    candidates: regions.flatMap((regionId) =>
      Array.from({ length: candidates }, (_, at) => ({
        candidateId: `${regionId}-${at}`,
        firstName: word(),
        lastName: word(),
        regionIds: [regionId],
        ...(bioCharacters > 0 && { bio: { fr: biography(bioCharacters), en: biography(bioCharacters) } }),
      })),
    ),
  });
}

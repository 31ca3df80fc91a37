import type { RaceDefinition } from "#core/contest.ts";
import { ElectionDefinition, NAS_AND_SHORT_CODE } from "#core/election.ts";

/** An election of a national size, of single choices; voters identify by `nas` and `code`. */

export const REGIONS = 338;
export const CANDIDATES_PER_REGION = 8;

/** Open now, its results shown live. */
export function nationalElection(
  electionId: string,
  regions = REGIONS,
  candidatesPerRegion = CANDIDATES_PER_REGION,
): RaceDefinition {
  const text = (words: string) => ({ fr: words, en: words });
  const regionIds = Array.from({ length: regions }, (_, index) => String(index + 1));
  const parties = Array.from({ length: candidatesPerRegion }, (_, index) => String(index + 1));
  const definition = ElectionDefinition.parse({
    electionId,
    votingMethod: "single_choice",
    title: text("Banc d’essai"),
    opensAt: "2025-01-01T00:00:00Z",
    closesAt: "2099-12-31T00:00:00Z",
    results: "live",
    minimumBallots: 1,
    credentialFields: NAS_AND_SHORT_CODE,
    regions: regionIds.map((regionId) => ({ regionId, name: text(`Region ${regionId}`) })),
    parties: parties.map((partyId) => ({ partyId, name: text(`Party ${partyId}`), colour: "#0b4f9e" })),
    candidates: regionIds.flatMap((regionId) =>
      parties.map((partyId) => ({
        candidateId: `${regionId}-${partyId}`,
        firstName: "Candidate",
        lastName: `${regionId}-${partyId}`,
        partyId,
        regionIds: [regionId],
      })),
    ),
  });
  if (definition.votingMethod === "referendum") throw new Error("a race was defined");
  return definition;
}

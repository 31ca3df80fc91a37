import type { BilingualText, Candidate, Election, ElectionDefinition } from "#core/election.ts";
import { onceEach } from "#core/once-each.ts";
import { WHOLE_COUNTRY } from "#core/whole-country.ts";

/**
 * Questions about a definition that need no schema: its phase, and its contests. The site imports this file, so it must not
 * load the schemas.
 */

/** The two answers to a referendum, as the API and the tallies write them. */
export const REFERENDUM_CHOICES = ["oui", "non"] as const;
export type ReferendumChoice = (typeof REFERENDUM_CHOICES)[number];

export type RaceDefinition = Exclude<ElectionDefinition, { votingMethod: "referendum" }>;

export type ChooseDefinition = Extract<ElectionDefinition, { votingMethod: "choose" }>;

/** Ballots rank candidates, for one seat or for several. */
export type RankedDefinition = Extract<ElectionDefinition, { votingMethod: "ranked_choice" | "stv" }>;

export type LawDefinition = Extract<ElectionDefinition, { votingMethod: "referendum" }>;

/** Cancelled before it closed: for ever. */
export type Phase = "upcoming" | "open" | "closed" | "cancelled";

/** The election's phase at an instant: open from opensAt, inclusive, to closesAt, exclusive, unless it was cancelled. */
export function phaseAt(definition: ElectionDefinition, atMs: number): Phase {
  if (definition.cancelled !== undefined) return "cancelled";
  if (atMs < Date.parse(definition.opensAt)) return "upcoming";
  return atMs < Date.parse(definition.closesAt) ? "open" : "closed";
}

/** As phaseAt, but until its opening is stated, nobody can vote: the election is still upcoming. */
export function votingPhaseAt(
  { definition, opening }: Pick<Election, "definition"> & Readonly<{ opening: unknown }>,
  atMs: number,
): Phase {
  return isUnstated({ definition, opening }, atMs) ? "upcoming" : phaseAt(definition, atMs);
}

/** Whether its hours have come, and nobody can vote because its opening is not stated. */
export function isUnstated(
  { definition, opening }: Pick<Election, "definition"> & Readonly<{ opening: unknown }>,
  atMs: number,
): boolean {
  return phaseAt(definition, atMs) === "open" && opening === undefined;
}

/** The contests of an election: its regions, or the whole country where it has none. */
export function contestRegionIds(definition: ElectionDefinition): readonly string[] {
  return definition.regions.length === 0 ? [WHOLE_COUNTRY] : definition.regions.map(({ regionId }) => regionId);
}

/** The region that this election's roll has for a voter of `regionId`; undefined when the election has no such region. */
export function rollRegionId(definition: ElectionDefinition, regionId: string): string | undefined {
  if (definition.regions.length === 0) return WHOLE_COUNTRY;
  return definition.regions.some((region) => region.regionId === regionId) ? regionId : undefined;
}

/** Whether a voter has to say in which region they vote. */
export const asksForRegion = ({ regions }: ElectionDefinition): boolean => regions.length > 1;

/** The region that a voter votes in: the only one, or the one given; undefined where it has to be asked for. */
export function votingRegionId(definition: ElectionDefinition, given: string | undefined): string | undefined {
  return rollRegionId(definition, (asksForRegion(definition) ? given : definition.regions[0]?.regionId) ?? "");
}

/** One pass over the candidates instead of one per region: a country has thousands of candidates and hundreds of regions. */
const candidatesByRegion = onceEach((definition: RaceDefinition) => {
  const byRegion = new Map<string, Candidate[]>();
  for (const candidate of definition.candidates) {
    for (const regionId of candidate.regionIds) {
      const standing = byRegion.get(regionId) ?? [];
      standing.push(candidate);
      byRegion.set(regionId, standing);
    }
  }
  return byRegion;
});

/** The candidates who stand in a region, in the order of the definition. */
export function candidatesIn(definition: RaceDefinition, regionId: string): readonly Candidate[] {
  return candidatesByRegion(definition).get(regionId) ?? [];
}

/** Whether trustees hold the key of its ballots together, and each voter signs. */
export const isTrustees = ({ trust }: Pick<ElectionDefinition, "trust">): boolean => trust === "trustees";

/** Whether an election is for everybody to see, and not for rehearsal. */
export const isPublic = ({ definition }: Readonly<{ definition: Pick<ElectionDefinition, "test"> }>): boolean =>
  definition.test !== true;

/** A candidate's name in full; some have one name alone. */
export function candidateName({ firstName, lastName }: Pick<Candidate, "firstName" | "lastName">): string {
  return `${firstName} ${lastName}`.trim();
}

export function isRanked(definition: ElectionDefinition): definition is RankedDefinition {
  return definition.votingMethod === "ranked_choice" || definition.votingMethod === "stv";
}

/** How many names a ballot may mark in a region. */
export function mostChoices(definition: ChooseDefinition, regionId: string): number {
  const standing = candidatesIn(definition, regionId).length;
  return definition.maxChoices === "all" ? standing : Math.min(definition.maxChoices, standing);
}

/** A candidate's party, by name and colour; nulls for an independent. */
export function partyOf(
  definition: RaceDefinition,
  candidate: Candidate,
): Readonly<{ party: BilingualText | null; colour: string | null }> {
  const party = definition.parties.find(({ partyId }) => partyId === candidate.partyId);
  return { party: party?.name ?? null, colour: party?.colour ?? null };
}

/** Whether everybody stands in every region, so that all regions together can be one count. */
export function isSharedByAllRegions(definition: RaceDefinition): boolean {
  const regionIds = contestRegionIds(definition);
  return definition.candidates.every(({ regionIds: standsIn }) => regionIds.every((id) => standsIn.includes(id)));
}

import { describeFault } from "#core/definition-faults.ts";
import { ElectionDefinition, NAS_AND_SHORT_CODE, type StatedElection } from "#core/election.ts";
import { CARD_CODE_PATTERN } from "#core/voting-code.ts";

/** Small elections to test with; every field can be overridden to make a case. */

type Overrides = Record<string, unknown>;

const OPEN = { opensAt: "2025-01-01T00:00:00Z", closesAt: "2099-12-31T23:59:59Z" };

export function law(overrides: Overrides = {}): ElectionDefinition {
  return ElectionDefinition.parse({
    electionId: "L1",
    votingMethod: "referendum",
    title: { fr: "Loi", en: "Law" },
    question: { fr: "Êtes-vous d’accord ?", en: "Do you agree?" },
    results: "live",
    minimumBallots: 1,
    credentialFields: NAS_AND_SHORT_CODE,
    ...OPEN,
    ...overrides,
  });
}

export function race(overrides: Overrides = {}): ElectionDefinition {
  return ElectionDefinition.parse({
    electionId: "E1",
    votingMethod: "single_choice",
    title: { fr: "Élection", en: "Election" },
    results: "live",
    minimumBallots: 1,
    credentialFields: NAS_AND_SHORT_CODE,
    regions: ["1", "2"].map((regionId) => ({ regionId, name: { fr: `Région ${regionId}`, en: `Region ${regionId}` } })),
    parties: [{ partyId: "p", name: { fr: "Parti", en: "Party" }, colour: "#1d4ed8" }],
    candidates: [
      { candidateId: "1", firstName: "Ada", lastName: "Roy", partyId: "p", regionIds: ["1"] },
      { candidateId: "2", firstName: "Bo", lastName: "Lee", regionIds: ["1"] },
      { candidateId: "3", firstName: "Cy", lastName: "Fox", regionIds: ["2"] },
    ],
    ...OPEN,
    ...overrides,
  });
}

/** What a voter types whose card has a number and a code of twelve characters and one that checks them. */
const CARD_FIELDS = [
  { name: "number", label: { fr: "Numéro", en: "Number" }, pattern: "[0-9]{1,9}", identity: true },
  { name: "code", label: { fr: "Code", en: "Code" }, pattern: CARD_CODE_PATTERN, hasCheckCharacter: true },
];

/** What makes any of these elections one of which trustees hold the key. */
export const BY_TRUSTEES: Overrides = { trust: "trustees", results: "after_close", credentialFields: CARD_FIELDS };

/** Both candidates of region 1 may be marked. */
export function chooseRace(overrides: Overrides = {}): ElectionDefinition {
  return race({ electionId: "C1", votingMethod: "choose", maxChoices: 2, ...overrides });
}

/** Rankings for the seats of a region. */
export function transferRace(overrides: Overrides = {}): ElectionDefinition {
  return race({ electionId: "T1", votingMethod: "stv", maxRankings: 2, ...overrides });
}

/** With biographies so long that they are kept apart: 7 candidates in each of two regions, `1-0` to `2-6`. */
export function raceWithBiographies(overrides: Overrides = {}): ElectionDefinition {
  const candidates = ["1", "2"].flatMap((regionId) =>
    Array.from({ length: 7 }, (_, at) => ({
      candidateId: `${regionId}-${at}`,
      firstName: "Ada",
      lastName: "Roy",
      regionIds: [regionId],
      bio: { fr: "Élue. ".padEnd(4_000, "é"), en: `Candidate ${at} of ${regionId}. `.padEnd(4_000, "e") },
    })),
  );
  return race({ candidates, ...overrides });
}

export function rankedRace(overrides: Overrides = {}): ElectionDefinition {
  return race({ electionId: "R1", votingMethod: "ranked_choice", maxRankings: 2, ...overrides });
}

/** A paper of three questions: a mayor by ranking, two of a council, and a bylaw. */
export function paperOfThree(
  overrides: Overrides = {},
): readonly [ElectionDefinition, ElectionDefinition, ElectionDefinition] {
  const asked = { paper: "P1", ...overrides };
  return [
    rankedRace({ electionId: "P1-mayor", title: { fr: "Mairie", en: "Mayor" }, ...asked }),
    chooseRace({ electionId: "P1-council", title: { fr: "Conseil", en: "Council" }, ...asked }),
    law({ electionId: "P1-bylaw", title: { fr: "Règlement", en: "Bylaw" }, ...asked }),
  ];
}

/** The SHA-256 of an opening statement, where it does not matter what that says. */
export const OPENING = "5".repeat(64);

export const stated = (definition: ElectionDefinition): StatedElection => ({ definition, opening: OPENING });

/** The faults of a definition, a line each, as `field: rule`; empty when there are none. */
export function faultsOf(definition: unknown): string {
  const parsed = ElectionDefinition.safeParse(definition);
  return parsed.success ? "" : parsed.error.issues.map((issue) => describeFault(issue, definition).en).join("\n");
}

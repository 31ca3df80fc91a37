import type { ElectionDefinition } from "#core/election.ts";
import type { PublicElection } from "#functions/elections/contract.ts";
import type { ElectionResults, LawResults } from "#functions/results/contract.ts";

/** Answers of the API to make verdicts and files of. */

/** A definition as the API answers it after closing. */
export const publicly = (definition: ElectionDefinition): PublicElection => ({
  election_id: definition.electionId,
  voting_method: definition.votingMethod,
  paper: definition.paper ?? null,
  title: definition.title,
  status: "closed",
  opens_at: definition.opensAt,
  closes_at: definition.closesAt,
  definition,
  public_key: "",
  biographies_by_region: false,
  opening_sha256: null,
  envelope_bytes: 0,
  identity: null,
  credential_fields: definition.credentialFields,
});

const common = {
  title: { fr: "Titre", en: "Title" },
  status: "closed",
  withheld: null,
  blank: 1,
  spoiled: 0,
  updated_at: "2026-01-01T12:30:45.000Z",
} as const;

export const lawCount: LawResults = {
  ...common,
  law_id: "L1",
  oui: 3,
  non: 1,
  percentages: { oui: 75, non: 25 },
  total: 4,
  turnout: { ballots: 5, on_roll: 10, percentage: 50 },
  outcome: { kind: "adopted", quorum: 25, required_majority: { kind: "more-than", percentage: 50 } },
};

const candidate = { party: null, colour: null };
/** A count of one round. */
export const rankedCount: ElectionResults = {
  ...common,
  election_id: "R1",
  region_id: "1",
  voting_method: "ranked_choice",
  total: 4,
  turnout: { ballots: 5, on_roll: 10, percentage: 50 },
  regions_withheld: [],
  candidates: [
    { ...candidate, candidate_id: "1", name: "Ada Roy", votes: 3, percentage: 75 },
    { ...candidate, candidate_id: "2", name: "Bo Lee", votes: 1, percentage: 25 },
  ],
  rounds: [
    {
      round: 1,
      candidates: [
        { candidate_id: "1", votes: 3, percentage: 75 },
        { candidate_id: "2", votes: 1, percentage: 25 },
      ],
      continuing: 4,
      exhausted: 0,
      threshold: 3,
      eliminated: ["2"],
      transfers: [
        { from: "2", candidate_id: "1", votes: 1 },
        { from: "2", candidate_id: null, votes: 1 },
      ],
      tie_break: null,
    },
  ],
  outcome: { kind: "elected", candidate_ids: ["1"], tie_over: null, elected: ["1"], open_seats: 0 },
};

/** Most votes in one region: as many for each candidate of race() as given, after closing unless overridden. */
export function singleCount(
  votes: Readonly<Record<string, number>>,
  overrides: Partial<ElectionResults> = {},
): ElectionResults {
  const total = Object.values(votes).reduce((sum, count) => sum + count, 0);
  return {
    ...common,
    election_id: "E1",
    region_id: "1",
    voting_method: "single_choice",
    total,
    turnout: { ballots: total + 1, on_roll: 10, percentage: (total + 1) * 10 },
    regions_withheld: [],
    candidates: Object.entries(votes).map(([candidate_id, count]) => ({
      ...candidate,
      candidate_id,
      name: `Candidate ${candidate_id}`,
      votes: count,
      percentage: total === 0 ? 0 : (count / total) * 100,
    })),
    ...overrides,
  };
}

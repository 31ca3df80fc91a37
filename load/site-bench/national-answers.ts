import { candidatesIn, contestRegionIds } from "#core/contest.ts";
import { exactCount } from "#core/disclosure.ts";
import type { PublicElection } from "#functions/elections/contract.ts";
import { electionResults } from "#functions/results/answers.ts";
import type { ElectionResults } from "#functions/results/contract.ts";
import { nationalElection } from "#load/shared/national-election.ts";

/** What the API would answer for a national election, made here: a browser that shows it needs no ballots. */

const ELECTION = nationalElection("national");
const VOTERS_PER_REGION = 2_000;
const AT_MS = Date.parse("2026-06-01T12:00:00Z");
const EVERY_MS = 2_000;

export const NATIONAL: PublicElection = {
  election_id: ELECTION.electionId,
  voting_method: ELECTION.votingMethod,
  paper: null,
  title: ELECTION.title,
  status: "open",
  opens_at: ELECTION.opensAt,
  closes_at: ELECTION.closesAt,
  definition: ELECTION,
  biographies_by_region: false,
  public_key: "",
  opening_sha256: null,
  envelope_bytes: 0,
  identity: null,
  credential_fields: ELECTION.credentialFields,
};

/** The results of all regions, or of one, at the nth refresh: every count of every region has changed since the one before. */
export function nationalResults(refresh: number, regionId?: string): ElectionResults {
  const tallies = contestRegionIds(ELECTION).map((id, region) => {
    const votes = candidatesIn(ELECTION, id).map(
      ({ candidateId }, place) => [candidateId, 100 + ((7 * region + 13 * place + 3 * refresh) % 97)] as const,
    );
    return [id, new Map(votes)] as const;
  });
  const rollCounts = new Map(contestRegionIds(ELECTION).map((id) => [id, VOTERS_PER_REGION]));
  const counted = exactCount(ELECTION, new Map(tallies), AT_MS + refresh * EVERY_MS);
  return electionResults({ definition: ELECTION, publicKey: "", opening: "", rollCounts }, counted, regionId, false);
}

import type { OnProgress } from "#admin/shared/progress.ts";
import { contestRegionIds } from "#core/contest.ts";
import { EnglishRefusal } from "#core/english-refusal.ts";
import { PublicElection } from "#functions/elections/contract.ts";
import { ElectionResults, LawResults } from "#functions/results/contract.ts";
import { Problem } from "#functions/runtime/problem-contract.ts";
import type { Results } from "#published/figures.ts";
import { inFlight } from "#storage/in-flight.ts";

/** Results as the public reads them, with their embargoes. */

/** How many regions are asked for at once. */
const AT_ONCE = 8;

/** The JSON at an address; undefined when there is nothing. Throws Refusal with the API's own words when it refuses. */
async function get(url: string): Promise<unknown> {
  const response = await fetch(url, { headers: { "accept-language": "en" } }).catch(() => {
    throw new EnglishRefusal(`Scrutin does not answer at ${new URL(url).origin}.`);
  });
  const body: unknown = await response.json().catch(() => undefined);
  if (response.ok) return body;
  if (response.status === 404) return undefined;
  const problem = Problem.safeParse(body);
  throw new EnglishRefusal(problem.success ? problem.data.detail : `Scrutin answered ${response.status} at ${url}.`);
}

/** A law or an election. Throws Refusal when there is none of that id. */
export async function fetchElection(apiUrl: string, electionId: string): Promise<PublicElection> {
  const body = await get(`${apiUrl}/api/v1/elections/${encodeURIComponent(electionId)}`);
  if (body === undefined) throw new EnglishRefusal(`There is no law or election ${electionId}.`);
  return PublicElection.parse(body);
}

/** The result of a law, or of an election in one region or in all of them. */
export async function fetchResults(
  apiUrl: string,
  { election_id, voting_method }: Pick<PublicElection, "election_id" | "voting_method">,
  regionId?: string,
): Promise<Results> {
  const api = `${apiUrl}/api/v1`;
  const id = encodeURIComponent(election_id);
  if (voting_method === "referendum") {
    if (regionId !== undefined) {
      throw new EnglishRefusal(`${election_id} is a law, put to the whole country: it has no regions.`);
    }
    return LawResults.parse(await get(`${api}/results/${id}`));
  }
  const region = regionId === undefined ? "" : `/regions/${encodeURIComponent(regionId)}`;
  const body = await get(`${api}/elections/${id}${region}/results`);
  if (body === undefined) throw new EnglishRefusal(`Election ${election_id} has no region ${regionId}.`);
  return ElectionResults.parse(body);
}

/** The result of each contest: the law's, or one for each region in the definition's order. */
export async function fetchContests(
  apiUrl: string,
  election: PublicElection,
  onProgress: OnProgress,
): Promise<readonly Results[]> {
  if (election.voting_method === "referendum") return [await fetchResults(apiUrl, election)];
  const regionIds = contestRegionIds(election.definition);
  const found = new Map<string, Results>();
  await inFlight(regionIds, AT_ONCE, async (regionId) => {
    found.set(regionId, await fetchResults(apiUrl, election, regionId));
    onProgress({ step: "reading regions", done: found.size, total: regionIds.length });
  });
  return regionIds.flatMap((regionId) => found.get(regionId) ?? []);
}

import * as z from "zod";
import { Refusal } from "#core/refusal.ts";
import { PublicElection } from "#functions/elections/contract.ts";
import { ElectionResults, LawResults } from "#functions/results/contract.ts";
import { Problem } from "#functions/runtime/problem-contract.ts";

/** Results as the public reads them, with their embargoes. */

export type PublishedResults = Readonly<
  { body: unknown } & ({ kind: "law"; law: LawResults } | { kind: "election"; election: ElectionResults })
>;

/** The JSON at an address; undefined when there is nothing. Throws Refusal with the API's own words when it refuses. */
async function get(url: string): Promise<unknown> {
  const response = await fetch(url, { headers: { "accept-language": "en" } }).catch(() => {
    throw new Refusal(`Scrutin does not answer at ${new URL(url).origin}.`);
  });
  const body: unknown = await response.json().catch(() => undefined);
  if (response.ok) return body;
  if (response.status === 404) return undefined;
  const problem = Problem.safeParse(body);
  throw new Refusal(problem.success ? problem.data.detail : `Scrutin answered ${response.status} at ${url}.`);
}

/** The result of a law, or of an election in one region or in all of them. */
export async function fetchResults(apiUrl: string, electionId: string, regionId?: string): Promise<PublishedResults> {
  const api = `${apiUrl}/api/v1`;
  const id = encodeURIComponent(electionId);
  const election = await get(`${api}/elections/${id}`);
  if (election === undefined) throw new Refusal(`There is no law or election ${electionId}.`);
  const { voting_method } = z.object({ voting_method: PublicElection.shape.voting_method }).parse(election);
  if (voting_method === "referendum") {
    if (regionId !== undefined)
      throw new Refusal(`${electionId} is a law, put to the whole country: it has no regions.`);
    const body = await get(`${api}/results/${id}`);
    return { body, kind: "law", law: LawResults.parse(body) };
  }
  const region = regionId === undefined ? "" : `/regions/${encodeURIComponent(regionId)}`;
  const body = await get(`${api}/elections/${id}${region}/results`);
  if (body === undefined) throw new Refusal(`Election ${electionId} has no region ${regionId}.`);
  return { body, kind: "election", election: ElectionResults.parse(body) };
}

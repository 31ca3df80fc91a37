import * as z from "zod";
import { phaseAt } from "#core/contest.ts";
import { ElectionDefinition } from "#core/election.ts";
import { Refusal } from "#core/refusal.ts";

/** The elections voted on under load, as the running system itself tells them. */

const DEMO_ELECTIONS = ["L2025-001", "1", "2"] as const;
const FETCH_WITHIN_MS = 10_000;

const Answer = z.array(z.object({ election_id: z.string(), definition: ElectionDefinition, public_key: z.string() }));

/** An election and the key its ballots are sealed to, base64url. */
export type OpenElection = Readonly<{ definition: ElectionDefinition; publicKey: string }>;

/** The demo law and elections of the system at `url`, in that order. Throws Refusal when one is not there or not open. */
export async function openElections(url: string, nowMs: number): Promise<readonly OpenElection[]> {
  const response = await fetch(`${url}/api/v1/elections`, { signal: AbortSignal.timeout(FETCH_WITHIN_MS) });
  if (!response.ok) throw new Refusal(`${url} does not tell its elections: it answered ${response.status}.`);
  const known = Answer.parse(await response.json());
  return DEMO_ELECTIONS.map((electionId) => {
    const election = known.find(({ election_id }) => election_id === electionId);
    if (election === undefined || phaseAt(election.definition, nowMs) !== "open") {
      throw new Refusal(`The demo election ${electionId} is not open at ${url}; nothing can be voted on.`);
    }
    return { definition: election.definition, publicKey: election.public_key };
  });
}

import * as z from "zod";
import type { Connection } from "#admin/connection/connection.ts";
import { stateOpening } from "#admin/elections/opening.ts";
import { isRanked, phaseAt } from "#core/contest.ts";
import { type Election, ElectionDefinition } from "#core/election.ts";
import { EnglishRefusal } from "#core/english-refusal.ts";
import { applyElection } from "#storage/election-register.ts";
import { findElection } from "#storage/registered-elections.ts";

const DEMO_ELECTIONS = ["L2025-001", "1", "2"] as const;
const FETCH_WITHIN_MS = 10_000;

const Answer = z.array(
  z.object({
    election_id: z.string(),
    definition: ElectionDefinition,
    public_key: z.string(),
    opening_sha256: z.string().nullable(),
  }),
);

/** An election whose ballots can be sealed once its opening is stated. */
export type OpenElection = Election;

/** The demo law and elections of the system at `url`, in that order. Throws Refusal when one is missing or not open. */
export async function openElections(url: string, nowMs: number): Promise<readonly OpenElection[]> {
  const response = await fetch(`${url}/api/v1/elections`, { signal: AbortSignal.timeout(FETCH_WITHIN_MS) });
  if (!response.ok) throw new EnglishRefusal(`${url} does not list its elections: it answered ${response.status}.`);
  const known = Answer.parse(await response.json());
  return DEMO_ELECTIONS.map((electionId) => {
    const election = known.find(({ election_id }) => election_id === electionId);
    if (election === undefined || phaseAt(election.definition, nowMs) !== "open") {
      throw new EnglishRefusal(`The demo election ${electionId} is not open at ${url}; nothing can be voted on.`);
    }
    const { definition, public_key: publicKey, opening_sha256: opening } = election;
    return { definition, publicKey, opening: opening ?? undefined };
  });
}

/** The law and the single choice among them: each ranking has a tally row of its own, and so costs more. */
export async function unrankedElections(url: string): Promise<readonly OpenElection[]> {
  const open = await openElections(url, Date.now());
  return open.filter(({ definition }) => !isRanked(definition));
}

export async function registerElection(
  connection: Connection,
  definition: ElectionDefinition,
  who: string,
): Promise<OpenElection> {
  await applyElection(connection, definition, { who });
  const registered = await findElection(connection, definition.electionId);
  if (registered === undefined) throw new Error(`election ${definition.electionId} was not registered`);
  return { definition, publicKey: registered.publicKey, opening: registered.opening?.sha256 };
}

/** Registers an election and states its opening, so that people can vote in it. */
export async function openElection(
  connection: Connection,
  definition: ElectionDefinition,
  who: string,
): Promise<OpenElection> {
  const registered = await registerElection(connection, definition, who);
  const { sha256: opening } = await stateOpening(connection, definition.electionId, { who });
  return { ...registered, opening };
}

export function openBetween(definition: ElectionDefinition, fromMs: number, toMs: number): ElectionDefinition {
  return { ...definition, opensAt: new Date(fromMs).toISOString(), closesAt: new Date(toMs).toISOString() };
}

import type { PublicElection } from "#functions/elections/contract.ts";

/** Request ids of ballots accepted in this visit, by election: they open results shown after voting. In memory only. */
const accepted = new Map<string, string>();

/** Where everybody sees the same, a request id would only have each answer made, and kept at the edge, for one voter. */
export function noteAccepted({ definition }: Pick<PublicElection, "definition">, requestId: string): void {
  if (definition.results === "after_vote") accepted.set(definition.electionId, requestId);
}

export function acceptedRequestId(electionId: string): string | undefined {
  return accepted.get(electionId);
}

export function forgetAccepted(electionId: string): void {
  accepted.delete(electionId);
}

/** Request ids of ballots accepted in this visit, by election: they open results shown after voting. In memory only. */
const accepted = new Map<string, string>();

export function noteAccepted(electionId: string, requestId: string): void {
  accepted.set(electionId, requestId);
}

export function acceptedRequestId(electionId: string): string | undefined {
  return accepted.get(electionId);
}

export function forgetAccepted(electionId: string): void {
  accepted.delete(electionId);
}

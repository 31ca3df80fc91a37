/**
 * The request ids of ballots accepted in this visit, by election: they open results that are shown after voting. They live
 * in memory only, and are gone when the page is closed or loaded again.
 */
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

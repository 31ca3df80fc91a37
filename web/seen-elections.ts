import type { PublicElection } from "#functions/elections/contract.ts";
import { acceptedRequestId } from "#web/accepted-ballots.ts";
import { keptReceipt } from "#web/vote/session.ts";

/** What the home page listed in this visit: asking for it again, only to name the next vote, would cost every voter a request. */
let seen: readonly PublicElection[] = [];

export function noteSeen(elections: readonly PublicElection[]): void {
  seen = elections;
}

/** The vote that closes next, of those that are open and in which nobody has voted on this page. @param after what was just voted on */
export function nextOpen(after: readonly PublicElection[], nowMs: number): PublicElection | undefined {
  const isOther = ({ election_id: id, paper }: PublicElection): boolean =>
    !after.some((one) => one.election_id === id || (paper !== null && one.paper === paper)) &&
    acceptedRequestId(id) === undefined &&
    keptReceipt(id) === undefined;
  const closesMs = ({ closes_at: closesAt }: PublicElection): number => Date.parse(closesAt);
  return seen
    .filter((one) => one.status === "open" && closesMs(one) > nowMs && isOther(one))
    .toSorted((a, b) => closesMs(a) - closesMs(b))[0];
}

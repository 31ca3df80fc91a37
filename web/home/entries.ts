import type { PublicElection } from "#functions/elections/contract.ts";

/** What the home page lists as one: an election, or the questions of a paper. */

export type Status = PublicElection["status"];
export type Entry = Readonly<{
  /** Unique in the list. */
  key: string;
  paperId: string | undefined;
  /** In the order of the list; at least one. */
  elections: readonly PublicElection[];
  /** Of a paper: open while one of its questions is, else upcoming while one is, and so on. */
  status: Status;
  /** When it next closes or opens; of past votes, when the last one closed. In milliseconds since 1970. */
  nextMs: number;
}>;

export const STATUSES = ["open", "upcoming", "closed", "cancelled"] as const satisfies readonly Status[];

function entryOf(key: string, paperId: string | undefined, elections: readonly PublicElection[]): Entry {
  const status = STATUSES.find((one) => elections.some((election) => election.status === one)) ?? "closed";
  const isPast = status === "closed" || status === "cancelled";
  const instants = elections
    .filter((election) => election.status === status)
    .map(({ opens_at: opens, closes_at: closes }) => Date.parse(status === "upcoming" ? opens : closes));
  return {
    key,
    paperId,
    elections,
    status,
    nextMs: isPast ? Math.max(...instants) : Math.min(...instants),
  };
}

export function entriesOf(elections: readonly PublicElection[]): readonly Entry[] {
  const byKey = new Map<string, PublicElection[]>();
  for (const election of elections) {
    // No election has such an id.
    const key = election.paper === null ? election.election_id : `paper/${election.paper}`;
    byKey.set(key, [...(byKey.get(key) ?? []), election]);
  }
  return [...byKey].map(([key, questions]) => entryOf(key, questions[0]?.paper ?? undefined, questions));
}

/** Next to close or open first; of past votes the latest first. */
export function inOrder(status: Status, entries: readonly Entry[]): readonly Entry[] {
  const direction = status === "closed" || status === "cancelled" ? -1 : 1;
  return entries.filter((entry) => entry.status === status).sort((a, b) => direction * (a.nextMs - b.nextMs));
}

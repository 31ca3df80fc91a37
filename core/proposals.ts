import type { OfficeGroup } from "#core/office-groups.ts";

/** Acts that need two people: one proposes, another of the groups that may do it confirms within three days, or refuses. */

export const PROPOSALS_STAND_FOR_MS = 72 * 3_600_000;

/** `confirmed`: it was done, or tried; the outcome says which. */
export const PROPOSAL_STATES = ["open", "confirmed", "refused", "withdrawn", "expired"] as const;
export type ProposalState = (typeof PROPOSAL_STATES)[number];

type Person = Readonly<{ subject: string; name: string }>;

/** A proposal without the request's content. */
export type Proposal = Readonly<{
  id: string;
  /** Such as `POST /office/elections/{election_id}/cancel`. */
  route: string;
  act: string;
  /** Who may confirm it, but whoever proposed it. */
  groups: readonly OfficeGroup[];
  electionId: string | undefined;
  by: Person;
  atMs: number;
  /** SHA-256 of the canonical request, in hexadecimal: what is confirmed is what was seen. */
  sha256: string;
  decision: Decision | undefined;
}>;

export type Decision = Readonly<{
  state: Exclude<ProposalState, "open" | "expired">;
  by: Person;
  atMs: number;
  reason: string | undefined;
  /** What became of a confirmed one; undefined while it is done, or where that was cut short. */
  outcome: "done" | "refused" | undefined;
}>;

export const standsUntilMs = ({ atMs }: Pick<Proposal, "atMs">): number => atMs + PROPOSALS_STAND_FOR_MS;

export function stateOf(proposal: Pick<Proposal, "atMs" | "decision">, atMs: number): ProposalState {
  if (proposal.decision !== undefined) return proposal.decision.state;
  return atMs < standsUntilMs(proposal) ? "open" : "expired";
}

type Judge = Readonly<{ subject: string; groups: readonly OfficeGroup[] }>;

/** Whether somebody may confirm or refuse it: another person than who proposed it, of a group that may do the act itself. */
export function maySecond({ by, groups }: Pick<Proposal, "by" | "groups">, judge: Judge): boolean {
  return judge.subject !== by.subject && judge.groups.some((group) => groups.includes(group));
}

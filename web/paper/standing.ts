import type { PublicElection } from "#functions/elections/contract.ts";
import type { Question } from "#web/paper/visit.ts";
import { alteredCodes, isAccepted, isUnsent } from "#web/vote/casting.ts";

/** How the ballots of a visit stand, taken together. */

/** `amiss`: it needs the voter. `unvoted`: nothing was marked, or it was left out. */
export type State = "unvoted" | "moving" | "queued" | "accepted" | "amiss";

export function stateOf({ session: { casting, waiting, selection } }: Pick<Question, "session">): State {
  if (casting === undefined) return selection === undefined && waiting === undefined ? "unvoted" : "amiss";
  if (isUnsent(casting)) return "moving";
  if (alteredCodes(casting) !== undefined) return "amiss";
  if (casting.stage === "queued") return "queued";
  return isAccepted(casting) ? "accepted" : "amiss";
}

export type Standing = Readonly<{
  /** What the voter should know first. */
  kind: "moving" | "amiss" | "queued" | "accepted";
  /** Ballots in the box, of those that the voter casts. */
  accepted: number;
  ballots: number;
  amiss: readonly PublicElection[];
}>;

export function standingOf(questions: readonly Question[]): Standing {
  const states = questions.map((question) => ({ election: question.election, state: stateOf(question) }));
  const cast = states.filter(({ state }) => state !== "unvoted");
  const has = (sought: State): boolean => cast.some(({ state }) => state === sought);
  return {
    kind: has("moving") ? "moving" : has("amiss") ? "amiss" : has("queued") ? "queued" : "accepted",
    accepted: cast.filter(({ state }) => state === "accepted").length,
    ballots: cast.length,
    amiss: cast.filter(({ state }) => state === "amiss").map(({ election }) => election),
  };
}

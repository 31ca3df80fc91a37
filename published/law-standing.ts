import type { LawDefinition } from "#core/contest.ts";
import { hasMajority, hasQuorum, missingToMajority, missingToQuorum } from "#core/law-outcome.ts";
import { type Ratio, ratioOf } from "#core/percentage.ts";
import type { LawResults } from "#functions/results/contract.ts";
import { turnoutOf } from "#published/figures.ts";

/** What a law has of what it needs. */

type Needed = Readonly<{
  /** What it has, and the share that it needs. */
  has: Ratio;
  needs: Ratio;
  isReached: boolean;
  /** Votes or ballots; 0 where it is reached. */
  missing: number;
}>;

export type LawStanding = Readonly<{ majority: Needed; quorum: Needed | undefined }>;

/** @throws RangeError of withheld results, which tell nothing of it */
export function standingOf(definition: LawDefinition, results: LawResults): LawStanding {
  const { oui, total, turnout, outcome } = results;
  if (oui === null || total === null) throw new RangeError("the result is withheld");
  const figures = { oui, total, ballots: turnout.ballots, onRoll: turnout.on_roll };
  const majority = {
    has: { part: oui, whole: total },
    needs: ratioOf(definition.requiredMajority.share),
    isReached: hasMajority(definition, figures),
    missing: missingToMajority(definition, figures),
  };
  if (definition.quorum === undefined) return { majority, quorum: undefined };
  // Once decided, the outcome says so: ballots that were set aside do not count.
  const isReached =
    outcome.kind === "undecided" ? hasQuorum(definition, figures) : outcome.kind !== "quorum-not-reached";
  const missing = isReached ? 0 : missingToQuorum(definition, figures);
  return { majority, quorum: { has: turnoutOf(results), needs: ratioOf(definition.quorum), isReached, missing } };
}

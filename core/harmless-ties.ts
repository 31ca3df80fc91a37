import { eliminate, futureOf, type Standing, stepAfter } from "#core/ranked-standing.ts";
import type { TieRules } from "#core/ties.ts";

/** Whether it matters who goes out in a tie that no rule breaks: every order in which such ties could be broken is gone through. */

/** Votes looked at before giving up, which takes about a second. A tie that would take longer is taken to matter. */
const MOST_LOOKED_AT = 500_000;

/**
 * Whether a tie for elimination that no rule breaks changes nothing: whoever of the tied goes out, the same candidate is elected, or
 * the count comes to the same later tie.
 */
export type IsHarmless = (standing: Standing, tied: readonly string[]) => boolean;

/**
 * Remembers what it found, for one count.
 * @param most votes looked at before giving up
 */
export function harmlessTies(rules: TieRules, most = MOST_LOOKED_AT): IsHarmless {
  const known = new Map<string, string>();
  let looked = 0;

  /** Who is elected after this standing, or the future of the tie that ends the count: two or more names. */
  const endAfter = (from: Standing): string => {
    let standing = from;
    for (;;) {
      const step = stepAfter(standing, rules);
      if (step.kind === "over") return step.outcome.kind === "elected" ? step.outcome.candidateId : "";
      if (step.kind === "tie") return commonEnd(standing, step.tied) ?? futureOf(standing);
      const { standing: after, moved } = eliminate(standing, step.out);
      looked += after.votes.size + moved;
      standing = after;
    }
  };

  /** The end that is the same whoever of the tied goes out. */
  const commonEnd = (standing: Standing, tied: readonly string[]): string | undefined => {
    if (standing.votes.size === 2) return undefined;
    let common: string | undefined;
    for (const out of tied) {
      if (looked > most) return undefined;
      const { standing: after, moved } = eliminate(standing, [out]);
      looked += after.votes.size + moved;
      const future = futureOf(after);
      const end = known.get(future) ?? endAfter(after);
      known.set(future, end);
      if (common !== undefined && end !== common) return undefined;
      common = end;
    }
    return common;
  };

  return (standing, tied) => commonEnd(standing, tied) !== undefined;
}

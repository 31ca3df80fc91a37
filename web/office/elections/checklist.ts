import { contestRegionIds } from "#core/contest.ts";
import type { ElectionDefinition } from "#core/election.ts";

/** What an election needs before it opens. */

export const CHECKS = ["texts", "contact", "times", "roll", "opening"] as const;
export type Check = (typeof CHECKS)[number];

type Registered = Readonly<{
  definition: ElectionDefinition;
  /** Voters by region. */
  roll: Readonly<Record<string, number>>;
  opening: string | null;
}>;

/** Whether the texts that may be the same in both languages by oversight are not. Names often are. */
function isBilingual({ title, summary, contact, ...others }: ElectionDefinition): boolean {
  const question = others.votingMethod === "referendum" ? others.question : undefined;
  return [title, question, summary, contact].every((text) => text === undefined || text.fr !== text.en);
}

/** Each check, and whether it is met at an instant. */
export function readinessOf({ definition, roll, opening }: Registered, atMs: number): Readonly<Record<Check, boolean>> {
  return {
    texts: isBilingual(definition),
    contact: definition.contact !== undefined,
    times: atMs < Date.parse(definition.opensAt),
    roll: contestRegionIds(definition).every((regionId) => (roll[regionId] ?? 0) > 0),
    opening: opening !== null,
  };
}

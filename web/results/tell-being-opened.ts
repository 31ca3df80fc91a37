import type { ElectionDefinition } from "#core/election.ts";
import { type Results, turnoutOf } from "#published/figures.ts";
import { NO_RESULTS_WORDS } from "#web/messages/no-results.ts";
import { rulesOf } from "#web/results/tell-law.ts";
import type { Reader } from "#web/results/told.ts";
import { formatShare } from "#web/share.ts";

/** Between the closing of a vote and its result, where trustees open the ballots: how far they are, and how many voted. */
export type ToldBeingOpened = Readonly<{
  title: string;
  why: string;
  done: readonly string[];
  turnout: readonly string[];
}>;

export function tellBeingOpened(
  { t, language }: Reader,
  definition: ElectionDefinition,
  results: Results,
): ToldBeingOpened {
  const { title, why, mixed, opened } = NO_RESULTS_WORDS[language];
  const { opening, turnout } = results;
  const cast = t.home.turnoutOf(turnout.ballots, turnout.on_roll);
  return {
    ...{ title, why },
    done:
      opening === undefined
        ? []
        : [mixed(opening.mixes, opening.mixes_needed), opened(opening.openings, opening.openings_needed)],
    turnout: [
      ...(definition.votingMethod === "referendum" ? rulesOf({ t, language }, definition) : []),
      t.verdict.turnout(formatShare(language, turnoutOf(results)), cast),
    ],
  };
}

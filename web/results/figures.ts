import type { BilingualText } from "#core/election.ts";
import type { ElectionResults, LawResults } from "#functions/results/contract.ts";

/** Results of a law and of a race in one shape: options with their votes, and what surrounds them. */

export type Option = Readonly<{
  id: string;
  /** A candidate's name; the answers to a law have theirs in the catalogue. */
  name: string | undefined;
  party: BilingualText | null;
  colour: string | null;
  votes: number;
  /** 0 to 100. */
  percentage: number;
}>;

type Results = LawResults | ElectionResults;

function isLaw(results: Results): results is LawResults {
  return "law_id" in results;
}

/** The options, most votes first; those with as many votes stay in the ballot's order. Empty while withheld. */
export function optionsIn(results: Results): readonly Option[] {
  if (results.withheld !== null) return [];
  const options: readonly Option[] = isLaw(results)
    ? (["oui", "non"] as const).map((id) => ({
        id,
        name: undefined,
        party: null,
        colour: null,
        votes: results[id] ?? 0,
        percentage: results.percentages[id] ?? 0,
      }))
    : results.candidates.map(({ candidate_id: id, votes, percentage, ...candidate }) => ({
        ...candidate,
        id,
        votes: votes ?? 0,
        percentage: percentage ?? 0,
      }));
  return options.toSorted((a, b) => b.votes - a.votes);
}

/**
 * The option with more votes than any other. Undefined on a tie, while there are no votes, and where most votes do not win:
 * in the sum of regions that each elect their own, and in first choices that rounds will redistribute.
 */
export function leaderOf(results: Results): Option | undefined {
  const mostVotesWin = isLaw(results) || (results.voting_method === "single_choice" && results.region_id !== null);
  if (!mostVotesWin) return undefined;
  const [first, second] = optionsIn(results);
  return first !== undefined && first.votes > (second?.votes ?? 0) ? first : undefined;
}

/** The figures of a result without the instant at which they were counted: equal texts are equal figures. */
export function fingerprintOf({ updated_at: _, ...figures }: Results): string {
  return JSON.stringify(figures);
}

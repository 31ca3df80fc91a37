import type { BilingualText, ElectionDefinition } from "#core/election.ts";
import { onceEach } from "#core/once-each.ts";
import { percentage, type Ratio, ratioOf } from "#core/percentage.ts";
import type { ElectionResults, LawResults, RoundResult } from "#functions/results/contract.ts";

/** Laws and races in one shape. */

export type Option = Readonly<{
  id: string;
  /** A candidate's name; the answers to a law have theirs in the catalogue. */
  name: string | undefined;
  party: BilingualText | null;
  colour: string | null;
  votes: number;
  /** 0 to 100. */
  percentage: number;
  /** What the votes are a share of. */
  whole: number;
}>;

export type Results = LawResults | ElectionResults;

export function isLaw(results: Results): results is LawResults {
  return "law_id" in results;
}

/** The region whose figures these are; undefined for a law and for all regions summed. */
export function regionOf(results: Results): string | undefined {
  return isLaw(results) ? undefined : (results.region_id ?? undefined);
}

/** Whether these are one count, which elects; otherwise regions each elect for themselves, and only their seats can be told. */
export const isOneCount = ({ region_id, outcome }: ElectionResults): boolean =>
  region_id !== null || outcome !== undefined;

/** Most votes first, ties in ballot order. Empty while withheld. Sorted once: a country has thousands of candidates. */
export const optionsIn = onceEach((results: Results): readonly Option[] => {
  if (results.withheld !== null) return [];
  const whole = results.total ?? 0;
  const options: readonly Option[] = isLaw(results)
    ? (["oui", "non"] as const).map((id) => ({
        id,
        name: undefined,
        party: null,
        colour: null,
        votes: results[id] ?? 0,
        percentage: results.percentages[id] ?? 0,
        whole,
      }))
    : results.candidates.map(({ candidate_id: id, votes, percentage, ...candidate }) => ({
        ...candidate,
        id,
        votes: votes ?? 0,
        percentage: percentage ?? 0,
        whole,
      }));
  return options.toSorted((a, b) => b.votes - a.votes);
});

/**
 * One leader, or several tied that no lot decided between; nobody without votes, or where most votes do not win: sums of regions, and first choices
 * that rounds redistribute.
 */
export function foremostIn(results: Results): readonly Option[] {
  const mostVotesWin = isLaw(results) || (results.voting_method === "single_choice" && results.region_id !== null);
  const [first, ...others] = optionsIn(results);
  if (!mostVotesWin || first === undefined || first.votes === 0) return [];
  const drawn = isLaw(results) ? undefined : results.outcome?.candidate_ids[0];
  const byLot = [first, ...others].find(({ id }) => id === drawn);
  if (byLot !== undefined) return [byLot];
  return [first, ...others.filter(({ votes }) => votes === first.votes)];
}

/** What the outcome says of a candidate where a contest has several seats; undefined where it has one, or says nothing. */
export function seatOf(results: Results, id: string): "elected" | "tied" | undefined {
  if (isLaw(results) || results.voting_method === "ranked_choice") return undefined;
  const { kind, candidate_ids = [], elected = [] } = results.outcome ?? {};
  if (elected.includes(id)) return "elected";
  return kind === "tie" && candidate_ids.includes(id) ? "tied" : undefined;
}

/** The one option with more votes than any other; undefined where there is none. */
export function leaderOf(results: Results): Option | undefined {
  const [first, second] = foremostIn(results);
  return second === undefined ? first : undefined;
}

type Transfers = RoundResult["transfers"];

/** The votes of all eliminated in a round together, by whom they go to. */
export function transfersTo(transfers: Transfers): readonly Omit<Transfers[number], "from">[] {
  const sums = new Map<string | null, number>();
  for (const { candidate_id, votes } of transfers) sums.set(candidate_id, (sums.get(candidate_id) ?? 0) + votes);
  return [...sums].map(([candidate_id, votes]) => ({ candidate_id, votes }));
}

/** A null party is the independents. */
export type PartyVotes = Readonly<Pick<Option, "id" | "party" | "colour" | "votes" | "percentage" | "whole">>;

/** Empty where it adds nothing: laws, single regions, no party with two candidates, independents alone. */
export function partiesIn(results: Results): readonly PartyVotes[] {
  if (isLaw(results) || results.region_id !== null) return [];
  const options = optionsIn(results);
  // A ballot that marks several names is a vote for each.
  const total = options.reduce((sum, { votes }) => sum + votes, 0);
  const parties = new Map<string, Omit<PartyVotes, "percentage">>();
  for (const { party, colour, votes } of options) {
    const id = JSON.stringify([party, colour]);
    parties.set(id, { id, party, colour, votes: (parties.get(id)?.votes ?? 0) + votes, whole: total });
  }
  const isTold = parties.size < options.length && options.some(({ party }) => party !== null);
  if (!isTold) return [];
  return [...parties.values()]
    .map((one) => ({ ...one, percentage: percentage(one.votes, total) }))
    .toSorted((a, b) => b.votes - a.votes);
}

/** Keeps the order on the page; new items come last. */
export function inHeldOrder<T extends Readonly<{ id: string }>>(
  items: readonly T[],
  heldIds: readonly string[],
): readonly T[] {
  const placeOf = ({ id }: T): number => {
    const place = heldIds.indexOf(id);
    return place === -1 ? heldIds.length : place;
  };
  return items.toSorted((a, b) => placeOf(a) - placeOf(b));
}

/** Whether nobody stands below another with fewer votes. */
export function isByVotes(options: readonly Option[]): boolean {
  return options.every(({ votes }, index) => votes <= (options[index - 1]?.votes ?? votes));
}

/** Turnout as a share of the roll. */
export function turnoutOf({ turnout: { ballots, on_roll } }: Pick<Results, "turnout">): Ratio {
  return { part: ballots, whole: on_roll };
}

/** The thresholds beside which an option's share is read. */
export function thresholdsOf(definition: ElectionDefinition, id: string): readonly Ratio[] {
  return definition.votingMethod === "referendum" && id === "oui" ? [ratioOf(definition.requiredMajority.share)] : [];
}

/** Votes as a share of what they are counted among. */
export function shareOf({ votes, whole }: Pick<Option, "votes" | "whole">): Ratio {
  return { part: votes, whole };
}

/** What is different between two results of the same contest: options whose votes moved, a new leader, turnout. */
export type Changes = Readonly<{
  options: readonly Option[];
  leader: Option | undefined;
  turnout: Ratio | undefined;
}>;

export function changesBetween(before: Results, after: Results): Changes {
  const votesBefore = new Map(optionsIn(before).map(({ id, votes }) => [id, votes]));
  const leader = leaderOf(after);
  return {
    options: optionsIn(after).filter(({ id, votes }) => votesBefore.get(id) !== votes),
    leader: leader?.id === leaderOf(before)?.id ? undefined : leader,
    turnout: after.turnout.ballots === before.turnout.ballots ? undefined : turnoutOf(after),
  };
}

/** Equal texts are equal figures, whenever they were counted. */
export function fingerprintOf({ updated_at: _, ...figures }: Results): string {
  return JSON.stringify(figures);
}

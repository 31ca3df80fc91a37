import { contestRegionIds, type RaceDefinition } from "#core/contest.ts";
import type { SeatTie } from "#core/most-marks.ts";
import { lotsFor, uncountedIn } from "#core/officers-acts.ts";
import type { RankedOutcome } from "#core/ranked-standing.ts";
import type { ContestCount } from "#core/results.ts";
import { lotBetween } from "#core/ties.ts";
import { VOTE } from "#core/transferable-vote.ts";

/** Who has each region's seats by the ballots counted so far: the leader while voting is open, the winner afterwards. */

export type SeatOutcome =
  | RankedOutcome
  /** Where a region elects several: some seats may stay open for a tie that no rule breaks. */
  | Readonly<{ kind: "several"; elected: readonly string[]; open?: OpenSeats }>;

/** A tie for several seats at once, or over an elimination on the way to them. */
type OpenSeats = SeatTie & Readonly<{ over: "win" | "elimination" }>;

export type Seat = Readonly<{ regionId: string; outcome: SeatOutcome }>;

/**
 * One region's seat, by most votes or by the rounds of a ranked count; a tie that neither a rule nor a lot breaks names those tied.
 * @param regionId undefined for all regions together
 */
export function seatOf(
  definition: RaceDefinition,
  regionId: string | undefined,
  { totals, marked, transferred, ranked }: ContestCount,
): SeatOutcome {
  const several = marked() ?? transferred();
  if (several !== undefined && totals().total > 0) {
    return severalOutcome(several, definition.votingMethod === "stv" ? "elimination" : "win");
  }
  const outcome = ranked()?.outcome;
  if (outcome !== undefined) return outcome;
  const { votes, total } = totals();
  if (total === 0) return { kind: "no-ballots" };
  const most = Math.max(...votes.values());
  const first = [...votes].filter(([, count]) => count === most).map(([candidateId]) => candidateId);
  const [only] = first;
  if (first.length === 1 && only !== undefined) return { kind: "elected", candidateId: only };
  const drawn = lotBetween(first, lotsFor(definition, regionId))?.order.find((id) => first.includes(id));
  return drawn === undefined
    ? { kind: "tie", tied: first, over: "win" }
    : { kind: "elected", candidateId: drawn, byLot: first };
}

export function severalOutcome(
  { elected, open }: Readonly<{ elected: readonly string[]; open?: SeatTie }>,
  over: OpenSeats["over"],
): SeatOutcome {
  return { kind: "several", elected, ...(open !== undefined && { open: { ...open, over } }) };
}

/** The seats of the regions whose counts are given, in the definition's order; the others are withheld. */
export function seatsOf(definition: RaceDefinition, contests: ReadonlyMap<string, ContestCount>): readonly Seat[] {
  return contestRegionIds(definition).flatMap((regionId) => {
    const contest = contests.get(regionId);
    return contest === undefined ? [] : [{ regionId, outcome: seatOf(definition, regionId, contest) }];
  });
}

/** Who is elected, or leads. */
export function electedIn(outcome: SeatOutcome): readonly string[] {
  if (outcome.kind === "several") return outcome.elected;
  return outcome.kind === "elected" ? [outcome.candidateId] : [];
}

/** Who is tied where a count stands at a tie; empty where it does not. */
export function tiedIn(outcome: SeatOutcome): readonly string[] {
  if (outcome.kind === "tie") return outcome.tied;
  return outcome.kind === "several" ? (outcome.open?.tied ?? []) : [];
}

/**
 * How close a region is, in votes: of whoever has its seat or the last of several, or of those tied for it; how many more than whoever
 * comes next; and what they are a share of. In the last round where there are rounds.
 */
export type SeatCount = Readonly<{ votes: number; margin: number; whole: number }>;

/** Votes in the last count of a contest, and what they are a share of. */
function lastCount({ totals, ranked, transferred }: ContestCount): readonly [ReadonlyMap<string, number>, number] {
  const { votes, total } = totals();
  const transfers = transferred()?.rounds.at(-1);
  if (transfers !== undefined) return [new Map([...transfers.votes].map(([id, count]) => [id, count / VOTE])), total];
  const last = ranked()?.rounds.at(-1);
  return last === undefined ? [votes, total] : [last.votes, last.continuing];
}

export function seatCount(definition: RaceDefinition, outcome: SeatOutcome, contest: ContestCount): SeatCount {
  const [byCandidate, whole] = lastCount(contest);
  // Marks for somebody who withdrew are told, but stand against nobody.
  const uncounted = uncountedIn(definition);
  const tied = tiedIn(outcome);
  const elected = electedIn(outcome);
  const named = elected.length > 0 ? elected : tied;
  if (named.length === 0) return { votes: 0, margin: 0, whole };
  const votes = Math.min(...named.map((id) => byCandidate.get(id) ?? 0));
  const others = [...byCandidate].flatMap(([id, count]) => (named.includes(id) || uncounted.has(id) ? [] : [count]));
  return { votes, margin: tied.length > 0 ? 0 : votes - Math.max(0, ...others), whole };
}

/** Each party's seats, most first, parties without any included; those of independents are under undefined. */
export function seatsByParty(
  definition: RaceDefinition,
  seats: readonly Seat[],
): readonly Readonly<{ partyId: string | undefined; seats: number }>[] {
  const partyOf = new Map(definition.candidates.map(({ candidateId, partyId }) => [candidateId, partyId]));
  const counts = new Map<string | undefined, number>(definition.parties.map(({ partyId }) => [partyId, 0]));
  for (const { outcome } of seats) {
    for (const candidateId of electedIn(outcome)) {
      const partyId = partyOf.get(candidateId);
      counts.set(partyId, (counts.get(partyId) ?? 0) + 1);
    }
  }
  return [...counts].map(([partyId, count]) => ({ partyId, seats: count })).toSorted((a, b) => b.seats - a.seats);
}

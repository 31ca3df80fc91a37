import type { BilingualText, ElectionDefinition } from "#core/election.ts";
import type { ElectionResults, SeatResult } from "#functions/results/contract.ts";

/** Each region of an election in one line: who leads or is elected, and how close it is. */

type Named = Readonly<{ id: string; name: string; party: BilingualText | null; colour: string | null }>;

export type RegionLine = Readonly<{
  id: string;
  name: BilingualText;
  /** Undefined while nothing of the region may be shown. */
  seat: SeatResult | undefined;
  elected: readonly Named[];
  tied: readonly Named[];
}>;

/** One line for each region, in the definition's order; none where the results are of one region. */
export function regionLines({ regions }: ElectionDefinition, results: ElectionResults): readonly RegionLine[] {
  if (results.seats === undefined) return [];
  const seats = new Map(results.seats.map((seat) => [seat.region_id, seat]));
  const candidates = new Map(results.candidates.map((candidate) => [candidate.candidate_id, candidate]));
  const named = (ids: readonly string[]): readonly Named[] =>
    ids.map((id) => {
      const { name, party, colour } = candidates.get(id) ?? { name: id, party: null, colour: null };
      return { id, name, party, colour };
    });
  return regions.map(({ regionId: id, name }) => {
    const seat = seats.get(id);
    return {
      ...{ id, name, seat },
      elected: named(seat?.elected ?? []),
      tied: named(seat?.kind === "tie" ? seat.candidate_ids : []),
    };
  });
}

const marginOf = ({ seat, elected, tied }: RegionLine): number =>
  seat === undefined || elected.length + tied.length === 0 || seat.whole === 0
    ? Number.POSITIVE_INFINITY
    : seat.margin / seat.whole;

/** The closest first, by the share of the votes between; then those without votes. */
export function closestFirst(lines: readonly RegionLine[]): readonly RegionLine[] {
  return lines.toSorted((a, b) => (marginOf(a) === marginOf(b) ? 0 : marginOf(a) - marginOf(b)));
}

/** A text as it is looked for: without case and accents. */
const plain = (text: string): string => text.normalize("NFD").replaceAll(/\p{M}/gu, "").toLowerCase();

/** The regions in whose name, or in the name of whoever leads there, these words are. */
export function regionsWith(lines: readonly RegionLine[], words: string): readonly RegionLine[] {
  const sought = plain(words.trim());
  if (sought === "") return lines;
  return lines.filter(({ name, elected, tied }) =>
    [name.fr, name.en, ...[...elected, ...tied].map((one) => one.name)].some((text) => plain(text).includes(sought)),
  );
}

/** Who leads in a region, as a reader chooses among: a party by its name, independents, nobody yet, or a tie. */
export function ledBy({ elected, tied }: RegionLine): readonly string[] {
  if (tied.length > 0) return ["tied", ...elected.map(leaderKey)];
  return elected.length === 0 ? ["none"] : elected.map(leaderKey);
}

const leaderKey = ({ party }: Pick<Named, "party">): string => (party === null ? "independent" : `party ${party.en}`);

/** The seats of all regions together. */
export type SeatsCount = Readonly<{
  seats: number;
  /** So many are more than half. */
  majority: number;
  /** Most seats first; those without a seat too. A null party is the independents. */
  parties: readonly Readonly<{ id: string; party: BilingualText | null; colour: string | null; seats: number }>[];
  /** Seats that a tie leaves open. */
  tied: number;
  /** Seats of regions without a vote, or of which nothing may be shown yet. */
  open: number;
}>;

export function seatsIn(definition: ElectionDefinition, results: ElectionResults): SeatsCount {
  const perRegion = "seats" in definition ? definition.seats : 1;
  const seats = Math.max(1, definition.regions.length) * perRegion;
  const parties = (results.seats_by_party ?? []).map((one) => ({
    ...one,
    id: JSON.stringify([one.party, one.colour]),
  }));
  const tied = (results.seats ?? []).reduce((sum, { open_seats }) => sum + open_seats, 0);
  const filled = parties.reduce((sum, party) => sum + party.seats, 0);
  return { seats, majority: Math.floor(seats / 2) + 1, parties, tied, open: Math.max(0, seats - filled - tied) };
}

/** The party with more seats than any other; undefined where there is none. */
export function foremostParty({ parties }: SeatsCount): SeatsCount["parties"][number] | undefined {
  const [first, second] = parties.toSorted((a, b) => b.seats - a.seats);
  return first !== undefined && first.party !== null && first.seats > (second?.seats ?? 0) ? first : undefined;
}

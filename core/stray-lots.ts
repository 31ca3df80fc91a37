import { canonicalJson } from "#core/canonical-json.ts";
import type { RaceDefinition } from "#core/contest.ts";
import type { ElectionDefinition } from "#core/election.ts";
import { countElection, type Tally } from "#core/results.ts";
import { type SeatOutcome, seatOf, tiedIn } from "#core/seats.ts";

type Lots = NonNullable<RaceDefinition["lots"]>;

/**
 * Lots that name others than those who were tied when they were drawn, by their place from 1, where they decide something. Such a lot
 * was not drawn over that tie: one that names more could have been drawn beforehand, or over and over.
 * @param tallies by region, of all ballots
 */
export function strayLots(definition: ElectionDefinition, tallies: ReadonlyMap<string, Tally>): readonly number[] {
  if (definition.votingMethod === "referendum") return [];
  const { lots = [] } = definition;
  const outcomeWith = (drawn: Lots, { regionId }: Lots[number]): SeatOutcome => {
    const counted = { ...definition, lots: drawn };
    const { byRegion, together } = countElection(counted, tallies);
    const contest = regionId === null ? undefined : byRegion.get(regionId);
    return seatOf(counted, regionId ?? undefined, contest ?? together([...byRegion.values()]));
  };
  const rightful: Lots = [];
  for (const lot of lots) {
    const tied = tiedIn(outcomeWith(rightful, lot));
    if (lot.order.length === tied.length && tied.every((id) => lot.order.includes(id))) rightful.push(lot);
  }
  // All strays are taken out at once: of two alike, each would decide what the other does.
  const decides = (lot: Lots[number]): boolean =>
    canonicalJson(outcomeWith(lots, lot)) !== canonicalJson(outcomeWith(rightful, lot));
  return lots.flatMap((lot, index) => (rightful.includes(lot) || !decides(lot) ? [] : [index + 1]));
}

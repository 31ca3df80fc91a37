import { canonicalJson } from "#core/canonical-json.ts";
import type { ElectionDefinition } from "#core/election.ts";
import { countElection, type Tally } from "#core/results.ts";
import { type SeatOutcome, seatOf, tiedIn } from "#core/seats.ts";

/**
 * Lots that decide something and name others than those who were tied when they were drawn, by their place from 1. Such a lot was
 * not drawn over that tie: one that names more could have been drawn beforehand, or over and over.
 * @param tallies by region, of all ballots
 */
export function strayLots(definition: ElectionDefinition, tallies: ReadonlyMap<string, Tally>): readonly number[] {
  if (definition.votingMethod === "referendum") return [];
  const { lots = [] } = definition;
  return lots.flatMap((lot, index) => {
    const regionId = lot.regionId ?? undefined;
    const outcomeWith = (drawn: typeof lots): SeatOutcome => {
      const counted = { ...definition, lots: drawn };
      const { byRegion, together } = countElection(counted, tallies);
      const contest = regionId === undefined ? undefined : byRegion.get(regionId);
      return seatOf(counted, regionId, contest ?? together([...byRegion.values()]));
    };
    const tied = tiedIn(outcomeWith(lots.slice(0, index)));
    const namesThem = lot.order.length === tied.length && tied.every((id) => lot.order.includes(id));
    const decides = canonicalJson(outcomeWith(lots)) !== canonicalJson(outcomeWith(lots.toSpliced(index, 1)));
    return decides && !namesThem ? [index + 1] : [];
  });
}

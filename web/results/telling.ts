import type { ElectionDefinition } from "#core/election.ts";
import { isLaw, isOneCount, type Results } from "#published/figures.ts";
import { tellLaw } from "#web/results/tell-law.ts";
import { tellRace } from "#web/results/tell-race.ts";
import { tellSeats } from "#web/results/tell-seats.ts";
import { inState, type Timed } from "#web/results/tell-state.ts";
import type { Reader, Told } from "#web/results/told.ts";

/**
 * The verdict on a published result, whatever its kind: who won or leads, by how much and of how many, or why nothing is told yet.
 * @throws RangeError for results of another election
 */
export function tellVerdict(reader: Reader, election: Timed, results: Results): Told {
  return inState(reader, election, results, () => tellNow(reader, election.definition, results));
}

function tellNow(reader: Reader, definition: ElectionDefinition, results: Results): Told {
  const isOfLaw = definition.votingMethod === "referendum";
  if (isLaw(results) && isOfLaw) return tellLaw(reader, definition, results);
  if (isLaw(results) || isOfLaw) throw new RangeError("results of another election");
  return isOneCount(results) ? tellRace(reader, definition, results) : tellSeats(reader, definition, results);
}

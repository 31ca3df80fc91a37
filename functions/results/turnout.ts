import { percentage, type Tally } from "#core/results.ts";
import { turnoutOverTime } from "#core/turnout.ts";
import type { TurnoutOverTime } from "#functions/results/contract.ts";
import type { RegisteredElection } from "#storage/elections-table.ts";

/** An election's turnout over time, as the API gives it. It is rounded and says no choice, so it is shown under every embargo. */
export function turnoutAnswer(
  { definition, rollCounts }: RegisteredElection,
  tally: Tally,
  atMs: number,
): TurnoutOverTime {
  const onRoll = [...rollCounts.values()].reduce((sum, voters) => sum + voters, 0);
  const points = turnoutOverTime(definition, tally).map((point) => ({
    ...point,
    percentage: percentage(point.ballots, onRoll),
  }));
  return {
    election_id: definition.electionId,
    on_roll: onRoll,
    points,
    updated_at: new Date(atMs).toISOString(),
  };
}

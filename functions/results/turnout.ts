import { percentage } from "#core/percentage.ts";
import type { TurnoutPoint } from "#core/turnout.ts";
import type { TurnoutOverTime } from "#functions/results/contract.ts";
import type { RegisteredElection } from "#storage/elections-table.ts";

/** An election's turnout over time, as the API gives it. It says no choice, so it is shown under every embargo. */
export function turnoutAnswer(
  { definition, rollCounts }: RegisteredElection,
  over: readonly TurnoutPoint[],
  atMs: number,
): TurnoutOverTime {
  const onRoll = [...rollCounts.values()].reduce((sum, voters) => sum + voters, 0);
  const points = over.map((point) => ({
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

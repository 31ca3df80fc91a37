import { logFailure, logger } from "#functions/runtime/observability.ts";
import type { Elections } from "#storage/elections-table.ts";
import { type Stating, stateDue } from "#storage/opening-statement.ts";

export type StateOpeningDependencies = Readonly<{
  elections: Pick<Elections, "list">;
  kept: Stating;
  now: () => number;
}>;

/** Who is recorded as having stated an opening. */
const WHO = "state-opening";

/**
 * States the openings of elections whose hours have come. Takes nothing from the event.
 * @throws AggregateError when one could not be stated, after the others were
 */
export function createStateOpeningHandler({ elections, kept, now }: StateOpeningDependencies): () => Promise<void> {
  return async () => {
    const failures: unknown[] = [];
    for (const outcome of await stateDue(kept, await elections.list(), { who: WHO, now })) {
      const told = { election: outcome.electionId };
      if ("opened" in outcome) logger.info("an opening was stated", { ...told, ...outcome.opened });
      else if ("waits" in outcome) logger.warn("an opening waits to be stated", { ...told, why: outcome.waits });
      else {
        logFailure(`the opening of election ${outcome.electionId} could not be stated`, outcome.failure);
        failures.push(outcome.failure);
      }
    }
    if (failures.length > 0) throw new AggregateError(failures, "not every opening could be stated");
  };
}

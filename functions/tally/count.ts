import { SPOILED } from "#core/selection.ts";
import { measure, measureOfNone } from "#functions/runtime/measure.ts";
import { METRICS } from "#functions/runtime/metrics-contract.ts";
import { logger } from "#functions/runtime/observability.ts";
import type { StoredVote } from "#functions/tally/event.ts";
import type { BallotInCells } from "#storage/increment.ts";

/** The ballots that an addition to one tally row counted, and the spoiled ones among them, with or without a stamp. */
export type Added = Readonly<{ electionId: string; added: number; spoiled: number; unstamped: number }>;

/**
 * Describes an addition by the ballots that it added.
 * @param stampedAt padded sequence numbers of the ballots that bear their stamp
 */
export function addedBy(electionId: string, ballots: readonly BallotInCells[], stampedAt: ReadonlySet<string>): Added {
  const spoiled = ballots.filter(({ interpretation }) => interpretation === SPOILED).length;
  const unstamped = ballots.filter(({ sequenceNumber }) => !stampedAt.has(sequenceNumber)).length;
  return { electionId, added: ballots.length, spoiled, unstamped };
}

/** Measures what a batch counted, by election, and how long the oldest of its votes had waited. */
export function measureCount(additions: readonly Added[], votes: readonly StoredVote[], atMs: number): void {
  for (const [electionId, ofElection] of Map.groupBy(additions, (addition) => addition.electionId)) {
    const sum = (of: "added" | "spoiled" | "unstamped"): number =>
      ofElection.reduce((total, addition) => total + addition[of], 0);
    // A redelivery that was counted before is not measured again.
    if (sum("added") === 0) continue;
    const storedMs = votes.flatMap((vote) => (vote.electionId === electionId ? [vote.storedAtMs ?? atMs] : []));
    measure(electionId, {
      [METRICS.counted]: sum("added"),
      [METRICS.spoiled]: sum("spoiled"),
      ...(sum("unstamped") > 0 && { [METRICS.unstamped]: sum("unstamped") }),
      [METRICS.timeToCount]: Math.max(0, atMs - Math.min(...storedMs)),
    });
  }
}

/** Reports items that name no election that exists. `submit` hands on none, so they are measured as unstamped. */
export function tellUncountable(items: number): void {
  measureOfNone({ [METRICS.unstamped]: items });
  logger.warn("items of the votes table name no election that exists, and are not counted", { items });
}

import { measure } from "#functions/shared/measure.ts";
import { METRICS } from "#functions/shared/metrics-contract.ts";
import type { StoredVote } from "#functions/tally/event.ts";

/** How many ballots an addition to one tally row counted. */
export type Added = Readonly<{ electionId: string; added: number; spoiled: boolean }>;

/** Measures what a batch counted, election by election, and how long the oldest of its votes had waited for that. */
export function measureCount(additions: readonly Added[], votes: readonly StoredVote[], atMs: number): void {
  for (const [electionId, ofElection] of Map.groupBy(additions, (addition) => addition.electionId)) {
    const sum = (parts: readonly Added[]): number => parts.reduce((total, { added }) => total + added, 0);
    // Delivered again, and counted before: nothing was measured now.
    if (sum(ofElection) === 0) continue;
    const storedMs = votes.flatMap((vote) => (vote.electionId === electionId ? [vote.storedAtMs ?? atMs] : []));
    measure(electionId, {
      [METRICS.counted]: sum(ofElection),
      [METRICS.spoiled]: sum(ofElection.filter(({ spoiled }) => spoiled)),
      [METRICS.timeToCount]: Math.max(0, atMs - Math.min(...storedMs)),
    });
  }
}

import { readStrike } from "#core/strike.ts";
import { measure } from "#functions/runtime/measure.ts";
import { METRICS } from "#functions/runtime/metrics-contract.ts";
import type { Rejection } from "#storage/keys.ts";

/** A decided ballot, and how long it waited, in milliseconds. */
export type Decision = Readonly<{ electionId: string; outcome: Rejection | "accepted"; tookMs: number }>;

/** Measures a batch's decisions by election, and refusals by reason. */
export function measureDecisions(decisions: readonly Decision[]): void {
  for (const [electionId, decided] of Map.groupBy(decisions, (decision) => decision.electionId)) {
    // Why an officer struck it off would tell those who watch of single voters.
    const byOutcome = Map.groupBy(decided, ({ outcome }) => (readStrike(outcome) ? "struck" : outcome));
    const { accepted = [], duplicate = [], ...invalid } = Object.fromEntries(byOutcome);
    measure(electionId, {
      ...(accepted.length > 0 && { [METRICS.accepted]: accepted.length }),
      ...(duplicate.length > 0 && { [METRICS.duplicates]: duplicate.length }),
      [METRICS.timeToDecision]: decided.map(({ tookMs }) => tookMs),
    });
    for (const [reason, refused] of Object.entries(invalid)) {
      measure(electionId, { [METRICS.invalid]: refused.length }, reason);
    }
  }
}

import { Metrics, MetricUnit } from "@aws-lambda-powertools/metrics";
import { METRICS, type MetricName } from "#functions/runtime/metrics-contract.ts";

/**
 * Writes out what a function measured, as CloudWatch reads it from the log (embedded metric format). Every figure stands
 * under its service alone, and under its service and election; under nothing that could tell one voter from another.
 */

/** Some figures of one election: a count, or times in milliseconds. */
export type Measured = Readonly<Partial<Record<MetricName, number | readonly number[]>>>;

const TIMES: readonly string[] = [METRICS.timeToDecision, METRICS.timeToCount];

/** A line of the embedded metric format takes at most 100 values of a metric; Powertools writes it out when there are. */
const VALUES_PER_LINE = 99;

// Every refusal's figures name their election in two sets of dimensions, as they should. Powertools would warn each time, and
// not as JSON; what is really wrong it throws.
const unheard = (): void => {};
const metrics = new Metrics({ logger: { debug: unheard, info: unheard, warn: unheard, error: unheard } });

/**
 * Measures at once, within this call: on the laptop several invocations share a process, and what one of them gathers must
 * not go out under another's election.
 * @param reason why, where the figures are of refusals; they then also stand under it
 */
export function measure(electionId: string, measured: Measured, reason?: string): void {
  writeUnder([{}, { election: electionId }], measured);
  if (reason === undefined) return;
  // In lines of their own: Powertools warns of a name that stands in several sets of one line.
  writeUnder([{ reason }], measured);
  writeUnder([{ election: electionId, reason }], measured);
}

/** @param dimensionSets each stands beside the service, which is in all of them */
function writeUnder(dimensionSets: readonly Readonly<Record<string, string>>[], measured: Measured): void {
  const write = (): void => {
    if (!metrics.hasStoredMetrics()) return;
    for (const dimensions of dimensionSets) metrics.addDimensions(dimensions);
    metrics.publishStoredMetrics();
  };
  for (const [name, values] of Object.entries(measured)) {
    const all = [values].flat();
    for (let start = 0; start < all.length; start += VALUES_PER_LINE) {
      if (start > 0) write();
      const unit = TIMES.includes(name) ? MetricUnit.Milliseconds : MetricUnit.Count;
      for (const value of all.slice(start, start + VALUES_PER_LINE)) metrics.addMetric(name, unit, value);
    }
  }
  write();
}

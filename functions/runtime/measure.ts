import { Metrics, MetricUnit } from "@aws-lambda-powertools/metrics";
import { METRICS, type MetricName } from "#functions/runtime/metrics-contract.ts";

/**
 * Writes a function's metrics to the log, from which CloudWatch reads them (embedded metric format). Every metric has the
 * dimension service, and service with election, and none that could tell one voter from another.
 */

/** Some figures of one election: a count, or times in milliseconds. */
export type Measured = Readonly<Partial<Record<MetricName, number | readonly number[]>>>;

const TIMES: readonly string[] = [METRICS.timeToDecision, METRICS.timeToCount];

/** A line of the embedded metric format takes at most 100 values of a metric. */
const VALUES_PER_LINE = 99;

// Refusals name their election in two sets of dimensions, as intended, but Powertools would warn each time, and not in JSON.
// Real mistakes throw.
const unheard = (): void => {};
const metrics = new Metrics({ logger: { debug: unheard, info: unheard, warn: unheard, error: unheard } });

/**
 * Writes within this call: on the laptop several invocations share a process, and must not mix their elections.
 * @param reason of refusals, which becomes a dimension too
 */
export function measure(electionId: string, measured: Measured, reason?: string): void {
  writeUnder([{}, { election: electionId }], measured);
  if (reason === undefined) return;
  // On separate lines: Powertools warns when a name is in several sets of one line.
  writeUnder([{ reason }], measured);
  writeUnder([{ election: electionId, reason }], measured);
}

/** Measures what belongs to no election. */
export function measureOfNone(measured: Measured): void {
  writeUnder([{}], measured);
}

/** @param dimensionSets dimensions besides the service, which is in all of them */
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

/** The sample that `percent` of them do not exceed (nearest rank). Throws RangeError without any, or unless 0 < percent ≤ 100. */
export function percentile(samples: readonly number[], percent: number): number {
  if (!(percent > 0 && percent <= 100))
    throw new RangeError(`a percentile lies above 0 and at most at 100: ${percent}`);
  const sorted = samples.toSorted((a, b) => a - b);
  const value = sorted[Math.ceil((percent / 100) * sorted.length) - 1];
  if (value === undefined) throw new RangeError("no samples, no percentile");
  return value;
}

/** Median and range of a few repetitions. Throws RangeError when there are none. */
export function spread(samples: readonly number[]): Readonly<{ min: number; median: number; max: number }> {
  const sorted = samples.toSorted((a, b) => a - b);
  const [min, max] = [sorted.at(0), sorted.at(-1)];
  if (min === undefined || max === undefined) throw new RangeError("no samples, no median");
  const [lower = min, upper = max] = [sorted[Math.ceil(sorted.length / 2) - 1], sorted[Math.floor(sorted.length / 2)]];
  return { min, median: (lower + upper) / 2, max };
}

/** The usual percentiles, in the unit of the samples; undefined when nothing was measured. */
export function latencies(samples: readonly number[]): Readonly<{ p50: number; p95: number; p99: number }> | undefined {
  if (samples.length === 0) return undefined;
  return { p50: percentile(samples, 50), p95: percentile(samples, 95), p99: percentile(samples, 99) };
}

/** When voters come: a day with a rush at the opening, one at noon, and the largest before the closing. */

/** When in the day each rush is, 0 to 1, and its height; the highest is 1. */
const RUSHES = [
  { at: 0.05, height: 0.6 },
  { at: 0.45, height: 0.5 },
  { at: 0.92, height: 1 },
] as const;

/** A rush lasts about four times this share of the day, unless the peak is so high that it must be shorter. */
const WIDEST_RUSH = 0.04;
/** At most this share of the votes comes in rushes. */
const SHARE_IN_RUSHES = 0.5;
const AREA_OF_A_BELL = Math.sqrt(2 * Math.PI);

const SECONDS_PER_HOUR = 3600;

export type Demand = Readonly<{
  votes: number;
  hours: number;
  /** The busiest second, as a multiple of the average; at least 1. */
  peak: number;
}>;

export function averageRate({ votes, hours }: Demand): number {
  return votes / (hours * SECONDS_PER_HOUR);
}

export function peakRate(demand: Demand): number {
  return averageRate(demand) * demand.peak;
}

/** How busy a moment of the day is, from calm (0) to the highest rush (1). */
function rush(moment: number, width: number): number {
  const bells = RUSHES.map(({ at, height }) => height * Math.exp(-((moment - at) ** 2) / (2 * width ** 2)));
  return Math.max(...bells);
}

/**
 * Votes in each second of the day: whole numbers that add up to exactly the votes. The busiest second is the average times
 * the peak, apart from rounding. Throws RangeError when there are no votes, no hours, or the peak is below 1.
 */
export function arrivals(demand: Demand): Uint32Array {
  const { votes, hours, peak } = demand;
  if (!(votes >= 1 && hours > 0 && peak >= 1)) throw new RangeError("a day has votes, hours, and a peak of 1 or more");
  const seconds = Math.max(1, Math.round(hours * SECONDS_PER_HOUR));
  const heights = RUSHES.reduce((sum, { height }) => sum + height, 0);
  const width = Math.min(WIDEST_RUSH, SHARE_IN_RUSHES / (peak * heights * AREA_OF_A_BELL));
  const shape = Float64Array.from({ length: seconds }, (_, second) => rush((second + 0.5) / seconds, width));
  const meanOfShape = shape.reduce((sum, height) => sum + height, 0) / seconds;
  // Calm and rushes together must average 1, and the highest rush must be the peak.
  const calm = meanOfShape >= 1 ? 1 : (1 - peak * meanOfShape) / (1 - meanOfShape);
  const level = shape.map((height) => calm + (peak - calm) * height);
  const total = level.reduce((sum, one) => sum + one, 0);

  const perSecond = new Uint32Array(seconds);
  let cumulative = 0;
  let sent = 0;
  for (const [second, one] of level.entries()) {
    cumulative += one;
    const due = second === seconds - 1 ? votes : Math.min(votes, Math.round((cumulative / total) * votes));
    perSecond[second] = due - sent;
    sent = due;
  }
  return perSecond;
}

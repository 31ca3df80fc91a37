import type { TurnoutOverTime } from "#functions/results/contract.ts";

/** A place on the line: an instant in milliseconds, and the share of the roll that had voted by then, 0 to 100. */
export type LinePoint = Readonly<{ atMs: number; percentage: number }>;

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** The API counts by the quarter of an hour. */
export const QUARTER_MS = 15 * MINUTE_MS;

/** The line from before the first ballot to `untilMs`, flat where nobody voted. Empty without a ballot. */
export function turnoutLine({ points }: TurnoutOverTime, untilMs: number): readonly LinePoint[] {
  const line: LinePoint[] = [];
  let percentage = 0;
  for (const point of points) {
    const endMs = Math.min(Date.parse(point.until), untilMs);
    const startMs = Date.parse(point.until) - QUARTER_MS;
    if ((line.at(-1)?.atMs ?? Number.NEGATIVE_INFINITY) < startMs) line.push({ atMs: startMs, percentage });
    percentage = point.percentage;
    line.push({ atMs: Math.max(endMs, line.at(-1)?.atMs ?? endMs), percentage });
  }
  const last = line.at(-1);
  if (last !== undefined && last.atMs < untilMs) line.push({ atMs: untilMs, percentage });
  return line;
}

/** How many times longer than the line an axis may be: beyond, the line would be a dot at its end. */
const MOST_OF_LINE = 12;

/** The ends of the axis of time below a line: opening and closing, or only what has passed while they are far from it. */
export function timeAxis(
  line: readonly LinePoint[],
  opensMs: number,
  closesMs: number,
): Readonly<{ fromMs: number; untilMs: number }> {
  const [firstMs, lastMs] = [line[0]?.atMs ?? opensMs, line.at(-1)?.atMs ?? opensMs];
  const spanMs = Math.max(lastMs - firstMs, QUARTER_MS);
  const fromMs = lastMs - opensMs <= MOST_OF_LINE * spanMs ? Math.min(opensMs, firstMs) : firstMs;
  const isNear = closesMs - fromMs <= MOST_OF_LINE * Math.max(lastMs - fromMs, QUARTER_MS);
  return { fromMs, untilMs: isNear ? Math.max(closesMs, lastMs) : lastMs };
}

/** At least two marks for an axis from 0 to at least `most`, evenly apart by 1, 2 or 5 times a power of ten. */
export function marksUpTo(most: number): readonly number[] {
  const wanted = Math.max(most / 4, 0.1);
  const power = 10 ** Math.floor(Math.log10(wanted) + 1e-9);
  const step = ([1, 2, 5, 10].find((times) => times * power >= wanted * (1 - 1e-9)) ?? 10) * power;
  const count = Math.max(1, Math.ceil(most / step - 1e-9));
  return Array.from({ length: count + 1 }, (_, index) => Number((index * step).toPrecision(12)));
}

const TIME_STEPS_MS = [
  ...[15, 30].map((minutes) => minutes * MINUTE_MS),
  ...[1, 2, 3, 6, 12].map((hours) => hours * HOUR_MS),
  ...[1, 2, 7, 14, 28, 56, 112, 364].map((days) => days * DAY_MS),
];

/** How far marks of time lie apart, so that there are at most `most` of them between two instants. */
export function timeStepMs(fromMs: number, untilMs: number, most: number): number {
  const fits = (step: number): boolean => (untilMs - fromMs) / step <= most;
  return TIME_STEPS_MS.find(fits) ?? Math.ceil((untilMs - fromMs) / most / DAY_MS) * DAY_MS;
}

/** Instants between two others at full steps of the election's clocks, which are `offsetMs` ahead of UTC. */
export function timeMarks(fromMs: number, untilMs: number, stepMs: number, offsetMs: number): readonly number[] {
  const marks: number[] = [];
  const first = Math.ceil((fromMs + offsetMs) / stepMs) * stepMs - offsetMs;
  for (let mark = first; mark <= untilMs; mark += stepMs) marks.push(mark);
  return marks;
}

type Point = TurnoutOverTime["points"][number];

/** At most about `most` of the points: the last one of each even stretch of time, so that the final one is always there. */
export function thinned(points: readonly Point[], most: number): readonly Point[] {
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined || points.length <= most) return points;
  const stepMs = timeStepMs(Date.parse(first.until), Date.parse(last.until), most - 1);
  const stretchOf = ({ until }: Point): number => Math.ceil(Date.parse(until) / stepMs);
  return points.filter((point, index) => {
    const next = points[index + 1];
    return next === undefined || stretchOf(next) !== stretchOf(point);
  });
}

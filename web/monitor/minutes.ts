import type { SystemStatus } from "#functions/system-status/contract.ts";

/** The last minute of a series is still running. */

/** Bars are drawn in this space and stretched to the page; each minute has 4 of its width, 3 of them bar. */
export const CHART = { width: 240, height: 40 } as const;
const STEP = 4;
const BAR = 3;
/** So that one ballot in a busy hour shows. */
const LEAST = 2;

/** Bars as the outline of one shape, the highest as high as the chart. Empty when nothing happened. */
export function barsPath(minutes: readonly number[]): string {
  const most = Math.max(...minutes);
  return minutes
    .map((count, minute) => {
      if (count === 0) return "";
      const height = Math.max(LEAST, Math.round((count / most) * CHART.height));
      return `M${minute * STEP} ${CHART.height}v-${height}h${BAR}v${height}z`;
    })
    .join("");
}

/** The total, the busiest minute, and the last full minute. */
export function summaryOf(minutes: readonly number[]): Readonly<{ all: number; most: number; last: number }> {
  return {
    all: minutes.reduce((sum, count) => sum + count, 0),
    most: Math.max(...minutes),
    last: minutes.at(-2) ?? 0,
  };
}

export const FIGURES = ["received", "accepted", "duplicate", "invalid", "counted", "spoiled"] as const;
export type FigureName = (typeof FIGURES)[number];

/** One minute in which something happened; a figure that is not known is null. */
export type BusyMinute = Readonly<{ from: string; counts: readonly (number | null)[] }>;

/** Minutes in which something happened, latest first; counts in the order of FIGURES. */
export function busyMinutes({ per_minute }: Pick<SystemStatus, "per_minute">): readonly BusyMinute[] {
  const firstMs = Date.parse(per_minute.from);
  const minutes = Array.from({ length: 60 }, (_, minute) => ({
    from: new Date(firstMs + minute * 60_000).toISOString(),
    counts: FIGURES.map((name) => per_minute[name]?.[minute] ?? null),
  }));
  return minutes.filter(({ counts }) => counts.some((count) => (count ?? 0) > 0)).reverse();
}

/** The sum of figures of which all are known. */
export function sumOf(...figures: readonly (number | null)[]): number | null {
  return figures.includes(null) ? null : figures.reduce<number>((sum, figure) => sum + (figure ?? 0), 0);
}

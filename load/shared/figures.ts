import { table } from "#load/shared/report.ts";

/** What `npm run bench` measured, and whether it is what was promised. */

export type Target = Readonly<{
  kind: "at-least" | "at-most";
  limit: number;
  /** Times of one machine are told; only what holds on any machine fails the bench. */
  isBinding: boolean;
}>;

export type Figure = Readonly<{
  name: string;
  value: number;
  unit: string;
  target?: Target;
  /** How it was measured, or how it varied. */
  note?: string;
}>;

export function meetsTarget({ value, target }: Figure): boolean {
  if (target === undefined) return true;
  return target.kind === "at-least" ? value >= target.limit : value <= target.limit;
}

/** Whether every binding target is met. */
export function isPassed(figures: readonly Figure[]): boolean {
  return figures.every((figure) => figure.target?.isBinding !== true || meetsTarget(figure));
}

/** Whole numbers from 100 on, three significant digits below. */
export function shortNumber(value: number): string {
  return value >= 100
    ? value.toLocaleString("en", { maximumFractionDigits: 0 })
    : value.toLocaleString("en", { maximumSignificantDigits: 3 });
}

function verdict(figure: Figure): string {
  const { target } = figure;
  if (target === undefined) return "";
  const bound = `${target.kind === "at-least" ? "≥" : "≤"} ${shortNumber(target.limit)}`;
  if (meetsTarget(figure)) return `pass (${bound})`;
  return target.isBinding ? `FAIL (${bound})` : `missed on this machine (${bound})`;
}

/** The table of all figures. */
export function figuresTable(figures: readonly Figure[]): string {
  const values = figures.map(({ value, unit }) => `${shortNumber(value)} ${unit}`.trim());
  const widest = Math.max(...values.map(({ length }) => length));
  const verdicts = figures.map(verdict);
  const widestVerdict = Math.max(...verdicts.map(({ length }) => length));
  return table(
    figures.map(({ name, note = "" }, index) => {
      const value = (values[index] ?? "").padStart(widest);
      const told = (verdicts[index] ?? "").padEnd(widestVerdict);
      return [name, `${value}  ${told}  ${note}`.trimEnd()] as const;
    }),
  );
}

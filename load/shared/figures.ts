import { layOut } from "#admin/terminal/text-table.ts";
import { spread } from "#load/shared/percentiles.ts";

/** Only what holds on any machine is binding, and fails the bench; times of one machine are reported. */
export type Target = Readonly<{ kind: "≥" | "≤"; limit: number; isBinding: boolean }>;

export type Figure = Readonly<{
  name: string;
  value: number;
  unit: string;
  target?: Target | undefined;
  /** How it was measured, or how it varied. */
  note: string;
}>;

export const mustBe = (kind: Target["kind"], limit: number): Target => ({ kind, limit, isBinding: true });
export const shouldBe = (kind: Target["kind"], limit: number): Target => ({ kind, limit, isBinding: false });

export function figure(name: string, value: number, unit: string, target?: Target, note = ""): Figure {
  return { name, value, unit, target, note };
}

export function medianFigure(
  name: string,
  samples: readonly number[],
  unit: string,
  target?: Target,
  note = "",
): Figure {
  const { min, median, max } = spread(samples);
  const range = `median of ${samples.length}, ${shortNumber(min)} to ${shortNumber(max)}`;
  return figure(name, median, unit, target, note === "" ? range : `${range}; ${note}`);
}

function meetsTarget({ value, target }: Figure): boolean {
  if (target === undefined) return true;
  return target.kind === "≥" ? value >= target.limit : value <= target.limit;
}

export function isPassed(figures: readonly Figure[]): boolean {
  return figures.every((one) => one.target?.isBinding !== true || meetsTarget(one));
}

/** Whole numbers from 100 on, three significant digits below. */
export function shortNumber(value: number): string {
  return value.toLocaleString("en", value >= 100 ? { maximumFractionDigits: 0 } : { maximumSignificantDigits: 3 });
}

function verdict(one: Figure): string {
  if (one.target === undefined) return "";
  const bound = `${one.target.kind} ${shortNumber(one.target.limit)}`;
  if (meetsTarget(one)) return `pass (${bound})`;
  return one.target.isBinding ? `FAIL (${bound})` : `missed on this machine (${bound})`;
}

export function figuresTable(figures: readonly Figure[]): string {
  const rows = figures.map((one) => [one.name, `${shortNumber(one.value)} ${one.unit}`.trim(), verdict(one), one.note]);
  return layOut(rows, [{}, { align: "right" }, {}, {}]);
}

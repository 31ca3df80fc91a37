import { condense } from "#load/shared/chart.ts";

const LEVELS = " ▁▂▃▄▅▆▇█";

/** Lines of blocks, `rows` high and at most `columns` wide, under their name and highest value. */
export function terminalPlot(name: string, unit: string, values: readonly number[], columns = 72, rows = 6): string {
  const heights = condense(values, columns);
  const most = Math.max(...heights, 0);
  const cell = (value: number, row: number): string => {
    if (most === 0) return " ";
    const eighths = Math.round((value / most) * rows * 8) - row * 8;
    // Whatever is above zero must be seen.
    const shown = value > 0 && row === 0 ? Math.max(1, eighths) : eighths;
    return LEVELS[Math.max(0, Math.min(8, shown))] ?? " ";
  };
  const lines = Array.from({ length: rows }, (_, line) => {
    const row = rows - 1 - line;
    return `  |${heights.map((value) => cell(value, row)).join("")}`.trimEnd();
  });
  const top = most.toLocaleString("en", { maximumFractionDigits: 0 });
  return [`${name}, at most ${top} ${unit}`.trimEnd(), ...lines, `  +${"-".repeat(heights.length)}`].join("\n");
}

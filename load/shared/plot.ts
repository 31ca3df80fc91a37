/** A day as a picture: text for a terminal, SVG for a page. No library, nothing from the network. */

export type Series = Readonly<{ name: string; values: readonly number[]; unit: string }>;

const LEVELS = " ▁▂▃▄▅▆▇█";

/** The highest value of each of `columns` equal parts of the series; shorter series give fewer. */
export function condense(values: readonly number[], columns: number): readonly number[] {
  const count = Math.min(columns, values.length);
  return Array.from({ length: count }, (_, column) => {
    const from = Math.floor((column * values.length) / count);
    const to = Math.floor(((column + 1) * values.length) / count);
    return values.slice(from, to).reduce((most, value) => Math.max(most, value), 0);
  });
}

/** Lines of blocks, `rows` high and at most `columns` wide, with the highest value written beside the top. */
export function terminalPlot({ name, values, unit }: Series, columns = 72, rows = 6): string {
  const heights = condense(values, columns);
  const most = Math.max(...heights, 0);
  const cell = (value: number, row: number): string => {
    if (most === 0) return " ";
    const eighths = Math.round((value / most) * rows * 8) - row * 8;
    // What is not zero must be seen.
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

const WIDTH = 760;
const HEIGHT = 160;
const MARGIN = { left: 70, top: 28, bottom: 26 } as const;
const POINTS = 700;

/** Text that may stand between tags and in attributes. */
export function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}

const COLOURS = ["#1f5fa8", "#b3541e", "#2f7d4f", "#7a3f98"] as const;

export type Chart = Readonly<{ title: string; series: readonly Series[]; from: string; to: string }>;

/** Lines of one chart, as an `<svg>` element: its own scale, its highest value, a legend. Missing values are NaN and leave a gap. */
export function svgChart({ title, series, from, to }: Chart): string {
  const most = Math.max(1e-9, ...series.flatMap(({ values }) => values.filter((value) => !Number.isNaN(value))));
  const right = WIDTH - 10;
  const bottom = MARGIN.top + HEIGHT;
  const line = ({ values }: Series): string => {
    const step = Math.max(1, Math.ceil(values.length / POINTS));
    let isPen = false;
    let path = "";
    for (let index = 0; index < values.length; index += step) {
      const there = values.slice(index, index + step).filter((value) => !Number.isNaN(value));
      if (there.length === 0) {
        isPen = false;
        continue;
      }
      const x = MARGIN.left + (index / Math.max(1, values.length - 1)) * (right - MARGIN.left);
      const y = bottom - (Math.max(...there) / most) * HEIGHT;
      path += `${isPen ? "L" : "M"}${x.toFixed(1)} ${y.toFixed(1)}`;
      isPen = true;
    }
    return path;
  };
  const colour = (index: number): string => COLOURS[index % COLOURS.length] ?? COLOURS[0];
  const top = most.toLocaleString("en", { maximumSignificantDigits: 3 });
  const legend = series
    .map(
      ({ name }, index) => `<tspan fill="${colour(index)}" dx="${index === 0 ? 0 : 14}">■ ${escapeHtml(name)}</tspan>`,
    )
    .join("");
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${bottom + MARGIN.bottom}" role="img" font-family="sans-serif" font-size="12">`,
    `<title>${escapeHtml(title)}</title>`,
    `<text x="${MARGIN.left}" y="16">${escapeHtml(title)} <tspan dx="16">${legend}</tspan></text>`,
    `<path d="M${MARGIN.left} ${MARGIN.top}V${bottom}H${right}" fill="none" stroke="#888"/>`,
    `<text x="${MARGIN.left - 6}" y="${MARGIN.top + 10}" text-anchor="end">${top} ${escapeHtml(series[0]?.unit ?? "")}</text>`,
    `<text x="${MARGIN.left - 6}" y="${bottom}" text-anchor="end">0</text>`,
    `<text x="${MARGIN.left}" y="${bottom + 18}">${escapeHtml(from)}</text>`,
    `<text x="${right}" y="${bottom + 18}" text-anchor="end">${escapeHtml(to)}</text>`,
    ...series.map((one, index) => `<path d="${line(one)}" fill="none" stroke="${colour(index)}" stroke-width="1.5"/>`),
    "</svg>",
  ].join("\n");
}

import * as Plot from "@observablehq/plot";
import { parseHTML } from "linkedom";

/** Charts as SVG, by Observable Plot on a DOM in memory. */

export type Line = Readonly<{ name: string; points: readonly Readonly<{ x: number; y: number }>[] }>;

export type Chart = Readonly<{
  title: string;
  unit: string;
  along: string;
  /** A `y` of NaN leaves a gap. */
  lines: readonly Line[];
  /** Marks for the bottom axis, which is then logarithmic. */
  logarithmicAt?: readonly number[];
}>;

const WIDTH = 640;
const HEIGHT = 240;
const MOST_POINTS = 500;
/** On average, at this font size. */
const CHARACTER_WIDTH = 7;
/** Visible on white and on black; dashes tell them apart without colour. */
const STROKES = [
  { stroke: "#3b7dd8", strokeDasharray: "none" },
  { stroke: "#c9601c", strokeDasharray: "1 5" },
  { stroke: "#2e8b57", strokeDasharray: "8 4" },
  { stroke: "#9b59b6", strokeDasharray: "12 4 2 4" },
] as const;

const { document } = parseHTML("<html></html>");

const known = (values: readonly number[]): readonly number[] => values.filter((value) => !Number.isNaN(value));

/** The highest known value of each of `columns` equal parts, NaN for none; a shorter series gives fewer. */
export function condense(values: readonly number[], columns: number): readonly number[] {
  const count = Math.min(columns, values.length);
  return Array.from({ length: count }, (_, column) => {
    const [from, to] = [column, column + 1].map((edge) => Math.floor((edge * values.length) / count));
    const there = known(values.slice(from, to));
    return there.length === 0 ? Number.NaN : Math.max(...there);
  });
}

/** A line through values at equal intervals. @param step from one value to the next, along the bottom */
export function lineThrough(name: string, values: readonly number[], step = 1): Line {
  const shown = condense(values, MOST_POINTS);
  const width = (step * Math.max(1, values.length - 1)) / Math.max(1, shown.length - 1);
  return { name, points: shown.map((y, index) => ({ x: index * width, y })) };
}

function shortValue(value: number): string {
  return value.toLocaleString("en", { maximumFractionDigits: value < 10 ? 1 : 0 });
}

function inWords({ name, points }: Line, unit: string): string {
  const values = known(points.map(({ y }) => y));
  const end = values.at(-1);
  return `${name}: at most ${shortValue(Math.max(0, ...values))} ${unit}${end === undefined ? "" : `, ${shortValue(end)} at the end`}`;
}

/** An `<svg>` element whose title says in words what it shows. */
export function drawChart({ title, unit, along, lines, logarithmicAt }: Chart): string {
  const strokeOf = (index: number) => STROKES[index % STROKES.length] ?? STROKES[0];
  const most = Math.max(0, ...lines.flatMap(({ points }) => known(points.map(({ y }) => y))));
  const plot = Plot.plot({
    document: document as unknown as Document,
    width: WIDTH,
    height: HEIGHT,
    marginLeft: 64,
    marginTop: 44,
    marginRight: 36,
    marginBottom: 40,
    style: { fontSize: "13px" },
    x: {
      label: along,
      labelAnchor: "center",
      labelArrow: "none",
      ...(logarithmicAt !== undefined && { type: "log", ticks: [...logarithmicAt], tickFormat: shortValue }),
    },
    y: {
      label: `${title} (${unit})`,
      labelArrow: "none",
      grid: true,
      ticks: 5,
      domain: [0, most === 0 ? 1 : most * 1.1],
    },
    marks: [
      Plot.ruleY([0]),
      ...lines.flatMap(({ name, points }, index) => {
        const stroke = strokeOf(index);
        const before = lines.slice(0, index).reduce((sum, line) => sum + line.name.length, 0);
        const dx = before * CHARACTER_WIDTH + index * 40;
        const legend = { frameAnchor: "top-left", textAnchor: "start", dy: -12 } as const;
        return [
          Plot.lineY(points, { x: "x", y: "y", ...stroke, strokeWidth: 2, strokeLinecap: "round" }),
          ...(logarithmicAt === undefined ? [] : [Plot.dot(points, { x: "x", y: "y", r: 3, fill: stroke.stroke })]),
          Plot.text(["■"], { ...legend, dx, fill: stroke.stroke }),
          Plot.text([name], { ...legend, dx: dx + 16 }),
        ];
      }),
    ],
  });
  // An SVG group has no role that allows Plot's labels.
  for (const group of plot.querySelectorAll("g")) group.removeAttribute("aria-label");
  const words = document.createElementNS("http://www.w3.org/2000/svg", "title");
  words.textContent = `${title}. ${lines.map((line) => inWords(line, unit)).join("; ")}`;
  plot.prepend(words as unknown as Node);
  plot.setAttribute("role", "img");
  plot.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  return plot.outerHTML;
}

export function drawPicture(charts: readonly Chart[], columns: number): string {
  const placed = charts.map((chart, index) => {
    const [x, y] = [(index % columns) * WIDTH, Math.floor(index / columns) * HEIGHT];
    return drawChart(chart).replace("<svg ", `<svg x="${x}" y="${y}" `);
  });
  const [width, height] = [columns * WIDTH, Math.ceil(charts.length / columns) * HEIGHT];
  const size = `viewBox="0 0 ${width} ${height}" width="${width}" height="${height}"`;
  return `<svg xmlns="http://www.w3.org/2000/svg" ${size}><rect width="100%" height="100%" fill="#fff"/>\n${placed.join("\n")}\n</svg>\n`;
}

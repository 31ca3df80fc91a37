import { escapeHtml } from "#load/shared/plot.ts";

/**
 * Lines over time for a page: the lines are drawn, the words are text beside them, which a phone shows as large as a desk
 * does. No library, nothing from the network.
 */

export type Line = Readonly<{
  name: string;
  /** One for each second; NaN where nothing is known, which leaves a gap. */
  values: readonly number[];
}>;

export type Chart = Readonly<{
  title: string;
  /** What a value counts, as it is said after a number: `ms`, `votes`. */
  unit: string;
  lines: readonly Line[];
}>;

const WIDTH = 1000;
const HEIGHT = 200;
const POINTS = 500;
const STEPS = [1, 2, 2.5, 5, 10] as const;
const SECONDS_PER_MINUTE = 60;
/** From here on the axis is in minutes. */
const MANY_SECONDS = 300;

function told(value: number): string {
  return value.toLocaleString("en", { maximumFractionDigits: value < 10 ? 1 : 0 });
}

/** From 0 to at least `most`, in at most five round steps. @param least the smallest step */
export function ticksUpTo(most: number, least = 0): readonly number[] {
  const raw = Math.max(most / 5, least, Number.MIN_VALUE);
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = power * (STEPS.find((one) => one * power >= raw * 0.999) ?? 10);
  const ticks = Math.max(1, Math.ceil(most / step - 0.001));
  return Array.from({ length: ticks + 1 }, (_, tick) => tick * step);
}

const known = (values: readonly number[]): readonly number[] => values.filter((value) => !Number.isNaN(value));
const mostOf = (values: readonly number[]): number => known(values).reduce((most, value) => Math.max(most, value), 0);

/** A path through the highest value of every few seconds; a value by itself is a dot. */
function pathOf(values: readonly number[], top: number): string {
  const step = Math.max(1, Math.ceil(values.length / POINTS));
  const last = Math.max(1, values.length - 1);
  let isPen = false;
  let path = "";
  for (let second = 0; second < values.length; second += step) {
    const there = values.slice(second, second + step);
    if (known(there).length === 0) {
      isPen = false;
      continue;
    }
    const x = (second / last) * WIDTH;
    const y = HEIGHT - (mostOf(there) / top) * HEIGHT;
    path += `${isPen ? "L" : "M"}${x.toFixed(1)} ${y.toFixed(1)}${isPen ? "" : "h0"}`;
    isPen = true;
  }
  return path;
}

function wordsOf({ name, values }: Line, unit: string): string {
  const end = known(values).at(-1);
  return `${name}: at most ${told(mostOf(values))} ${unit}${end === undefined ? "" : `, ${told(end)} at the end`}`;
}

function legendOf(lines: readonly Line[]): string {
  const entries = lines.map(
    ({ name }, index) =>
      `<li><svg class="sample" viewBox="0 0 30 6" aria-hidden="true"><path class="line${index}" d="M0 3H30"/></svg> ${escapeHtml(name)}</li>`,
  );
  return `<ul class="legend">${entries.join("")}</ul>`;
}

function timeAxis(seconds: number): string {
  const isLong = seconds > MANY_SECONDS;
  const last = Math.max(1, seconds - 1) / (isLong ? SECONDS_PER_MINUTE : 1);
  const ticks = ticksUpTo(last, isLong ? 0 : 1)
    .filter((tick) => tick <= last)
    .map((tick) => `<span style="left:${((tick / last) * 100).toFixed(2)}%">${told(tick)}</span>`);
  return `<div class="x">${ticks.join("")}</div><p class="time">${isLong ? "minutes" : "seconds"} since the first post</p>`;
}

/** One chart as a figure; it needs the styles of CHART_STYLE. All lines share one scale, from 0. */
export function chartFigure({ title, unit, lines }: Chart): string {
  const seconds = Math.max(...lines.map(({ values }) => values.length));
  const ticks = ticksUpTo(Math.max(...lines.map(({ values }) => mostOf(values))), unit === "ms" ? 0.1 : 1);
  const top = ticks.at(-1) ?? 1;
  const words = lines.map((line) => wordsOf(line, unit)).join("; ");
  const grid = ticks.map((tick) => `M0 ${HEIGHT - (tick / top) * HEIGHT}H${WIDTH}`).join("");
  return [
    `<figure><figcaption>${escapeHtml(title)} <span class="unit">(${escapeHtml(unit)})</span>${legendOf(lines)}</figcaption>`,
    '<div class="plot"><div class="y">',
    ...ticks.map((tick) => `<span style="bottom:${((tick / top) * 100).toFixed(2)}%">${told(tick)}</span>`),
    `</div><svg class="lines" viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" role="img" aria-label="${escapeHtml(`${title}. ${words}`)}">`,
    `<path class="grid" d="${grid}"/>`,
    ...lines.map(({ values }, index) => `<path class="line${index}" d="${pathOf(values, top)}"/>`),
    `</svg>${timeAxis(seconds)}</div></figure>`,
  ].join("\n");
}

export const CHART_STYLE = `figure{margin:2rem 0}
figcaption{font-weight:bold}
.unit{font-weight:normal}
.legend{list-style:none;display:flex;flex-wrap:wrap;gap:.2rem 1.5rem;margin:.2rem 0 .8rem;padding:0;font-weight:normal}
.sample{width:30px;height:6px;vertical-align:middle}
.plot{display:grid;grid-template-columns:4rem 1fr;column-gap:.5rem;margin-right:1.2rem}
.y,.x{position:relative;font-size:.85rem;font-variant-numeric:tabular-nums}
.y span{position:absolute;right:0;transform:translateY(50%)}
.x{grid-column:2;height:1.4rem}
.x span{position:absolute;transform:translateX(-50%);top:.2rem}
.time{grid-column:2;margin:0;text-align:center;font-size:.85rem}
.lines{width:100%;height:11rem;overflow:visible}
.lines path,.sample path{fill:none;vector-effect:non-scaling-stroke;stroke-linecap:round;stroke-linejoin:round}
.grid{stroke:var(--grid);stroke-width:1}
.line0{stroke:var(--first);stroke-width:2}
.line1{stroke:var(--second);stroke-width:2.5;stroke-dasharray:1 6}`;

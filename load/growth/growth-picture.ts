import type { CostPerVote, GrowthRun } from "#load/growth/growth-run.ts";
import { escapeHtml } from "#load/shared/plot.ts";
import { grouped } from "#load/shared/report.ts";

/** Cost per vote against the number of votes, a panel for each kind of cost and a line for each number of regions, as SVG. */

const PANELS: readonly Readonly<{ cost: keyof CostPerVote; title: string }>[] = [
  { cost: "writeUnits", title: "DynamoDB write units per vote" },
  { cost: "readUnits", title: "DynamoDB read units per vote" },
  { cost: "queueRequests", title: "SQS requests per vote" },
  { cost: "invocations", title: "Lambda invocations per vote" },
  { cost: "functionCpuMs", title: "CPU of the functions per vote, ms" },
];
const COLOURS = ["#1f5fa8", "#b3541e", "#2f7d4f", "#7a3f98"] as const;
const PANEL = { width: 340, height: 190, left: 52, top: 30, right: 20, bottom: 34 } as const;
const COLUMNS = 2;
/** A line should be seen to be flat, so the scale begins at zero and leaves room above. */
const ROOM_ABOVE = 1.25;

type Point = Readonly<{ votes: number; regions: number; value: number }>;

/** Where a number of votes stands between the fewest and the most of all runs, 0 to 1, by its logarithm. */
function shareOf(votes: number, all: readonly number[]): number {
  const [least, most] = [Math.log10(Math.min(...all)), Math.log10(Math.max(...all))];
  return most === least ? 0.5 : (Math.log10(votes) - least) / (most - least);
}

function panel(
  title: string,
  points: readonly Point[],
  regionsShown: readonly number[],
  sizes: readonly number[],
): string {
  const most = Math.max(1e-9, ...points.map(({ value }) => value)) * ROOM_ABOVE;
  const right = PANEL.width - PANEL.right;
  const bottom = PANEL.height - PANEL.bottom;
  const x = (votes: number): string => (PANEL.left + shareOf(votes, sizes) * (right - PANEL.left)).toFixed(1);
  const y = (value: number): string => (bottom - (value / most) * (bottom - PANEL.top)).toFixed(1);
  const lines = regionsShown.map((regions, index) => {
    const own = points.filter((point) => point.regions === regions);
    const colour = COLOURS[index % COLOURS.length];
    const path = own.map(({ votes, value }) => `${x(votes)},${y(value)}`).join(" ");
    const dots = own.map(({ votes, value }) => `<circle cx="${x(votes)}" cy="${y(value)}" r="3" fill="${colour}"/>`);
    return `<polyline points="${path}" fill="none" stroke="${colour}" stroke-width="1.5"/>${dots.join("")}`;
  });
  const ticks = sizes.map(
    (votes) => `<text x="${x(votes)}" y="${bottom + 16}" text-anchor="middle">${grouped(votes)}</text>`,
  );
  return [
    `<text x="${PANEL.left}" y="18">${escapeHtml(title)}</text>`,
    `<path d="M${PANEL.left} ${PANEL.top}V${bottom}H${right}" fill="none" stroke="#888"/>`,
    `<text x="${PANEL.left - 6}" y="${PANEL.top + 6}" text-anchor="end">${most.toPrecision(2)}</text>`,
    `<text x="${PANEL.left - 6}" y="${bottom}" text-anchor="end">0</text>`,
    ...ticks,
    ...lines,
  ].join("\n");
}

/** The picture of all runs; at least one. */
export function growthPicture(runs: readonly GrowthRun[]): string {
  const regionsShown = [...new Set(runs.map(({ regions }) => regions))].sort((one, other) => one - other);
  const sizes = [...new Set(runs.map(({ votes }) => votes))].sort((one, other) => one - other);
  const rows = Math.ceil((PANELS.length + 1) / COLUMNS);
  const panels = PANELS.map(({ cost, title }, index) => {
    const points = runs.flatMap(({ votes, regions, perVote }) => {
      const value = perVote[cost];
      return value === null ? [] : [{ votes, regions, value }];
    });
    const at = `${(index % COLUMNS) * PANEL.width} ${Math.floor(index / COLUMNS) * PANEL.height}`;
    return `<g transform="translate(${at})">\n${panel(title, points, regionsShown, sizes)}\n</g>`;
  });
  const legend = regionsShown.map(
    (regions, index) =>
      `<text x="${PANEL.left}" y="${PANEL.top + 20 + index * 20}" fill="${COLOURS[index % COLOURS.length]}">■ ${grouped(regions)} ${regions === 1 ? "region" : "regions"}</text>`,
  );
  const legendAt = `${((PANELS.length % COLUMNS) * PANEL.width).toString()} ${(rows - 1) * PANEL.height}`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${COLUMNS * PANEL.width} ${rows * PANEL.height}" role="img" font-family="sans-serif" font-size="12">`,
    "<title>What a vote costs, by the number of votes</title>",
    `<rect width="100%" height="100%" fill="#fff"/>`,
    ...panels,
    `<g transform="translate(${legendAt})"><text x="${PANEL.left}" y="18">By the number of votes, in an election of</text>`,
    ...legend,
    "</g>",
    "</svg>",
    "",
  ].join("\n");
}

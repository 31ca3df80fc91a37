import { layOut } from "#admin/terminal/text-table.ts";
import { PRICE_LIST } from "#infra/prices.ts";
import type { MeasuredUse } from "#load/cost/measured-use.ts";
import { COUNTED_PER_SHARD, type ElectionPlan } from "#load/plan/election-plan.ts";
import { falls, type Quota } from "#load/plan/quotas.ts";
import { agrees, type Comparison } from "#load/plan/self-check.ts";
import { condense, drawPicture, lineThrough } from "#load/shared/chart.ts";
import { dollars, grouped } from "#load/shared/report.ts";

const right = { align: "right" } as const;
const SECONDS_PER_HOUR = 3600;

function figure(value: number): string {
  return value >= 10 ? grouped(Math.ceil(value)) : value.toLocaleString("en", { maximumFractionDigits: 1 });
}

export function duration(seconds: number): string {
  if (seconds < 1) return "less than a second";
  if (seconds < 120) return `${Math.round(seconds)} s`;
  return seconds < 7200 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`;
}

const REMEDIES = { ask: "ask AWS", set: "set it", wait: "votes wait" } as const;

function quotaRow(quota: Quota): readonly string[] {
  const { name, needs, gives, unit, note, remedy } = quota;
  const verdict = falls(quota) ? `NOT ENOUGH: ${REMEDIES[remedy.kind]}` : "enough";
  return [name, `${figure(needs)}${unit}`, `${figure(gives)}${unit}`, verdict, note];
}

/** The table, what to do where it is not enough, and where AWS says so. */
function quotasTable({ quotas }: ElectionPlan): readonly string[] {
  return [
    layOut([["", "needed", "given"], ...quotas.map(quotaRow)], [{}, right, right, {}, {}]),
    ...quotas.filter(falls).map(({ name, remedy }) => `  ${name}: ${remedy.how}.`),
    "Sources:",
    ...quotas.map(({ name, source }) => `  ${name}: ${source}`),
  ];
}

function pricesTable({ prices }: ElectionPlan): string {
  const total = prices.reduce((sum, [, cost]) => sum + cost, 0);
  return layOut([...prices.map(([what, cost]) => [what, dollars(cost)]), ["together", dollars(total)]], [{}, right]);
}

function checkTable(comparisons: readonly Comparison[]): string {
  const rows = comparisons.map((one) => [
    one.what,
    `${figure(one.measured)} ${one.unit}`,
    `${figure(one.simulated)} ${one.unit}`,
    agrees(one) ? "agrees" : `DIFFERS by more than ${figure(one.within)}`,
  ]);
  return layOut([["", "measured", "simulated", ""], ...rows], [{}, right, right, {}]);
}

export function planPicture({ day: { moments } }: ElectionPlan, hours: number): string {
  const chart = (title: string, unit: string, which: "arrived" | "waiting") => ({
    title,
    unit,
    along: `hours, of ${hours}, and until the queue is empty`,
    lines: [
      lineThrough(
        title,
        moments.map((moment) => moment[which]),
        1 / SECONDS_PER_HOUR,
      ),
    ],
  });
  const charts = [
    chart("Voters coming", "a second", "arrived"),
    chart("Votes waiting in the queue", "votes", "waiting"),
  ];
  return drawPicture(charts, 1);
}

const LEVELS = " ▁▂▃▄▅▆▇█";

/** Lines of blocks, `rows` high and at most `columns` wide, under their name and highest value. */
export function terminalPlot(name: string, unit: string, values: readonly number[], columns = 72, rows = 6): string {
  const heights = condense(values, columns);
  const most = Math.max(...heights, 0);
  const cell = (value: number, row: number): string => {
    if (most === 0) return " ";
    const eighths = Math.round((value / most) * rows * 8) - row * 8;
    // Anything above zero must be visible.
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

function dayPlots({ outcome, moments }: ElectionPlan["day"]): string {
  const plot = (name: string, unit: string, which: "arrived" | "waiting" | "outside"): string =>
    terminalPlot(
      name,
      unit,
      moments.map((moment) => moment[which]),
    );
  const plots = [plot("voters coming", "/s", "arrived"), plot("votes waiting in the queue", "votes", "waiting")];
  if (outcome.mostOutside > 0) plots.push(plot("voters turned away who try again", "voters", "outside"));
  return plots.join("\n");
}

/** A measured run, described in a few words, and how it compares with its simulation. */
export type Check = Readonly<{ run: string; comparisons: readonly Comparison[] }>;

export function planReport(plan: ElectionPlan, use: MeasuredUse, checks: readonly Check[]): string {
  const { outcome } = plan.day;
  const asked = plan.requests.map((request) => `\n  - ${request}`).join("");
  const rows = [
    ["longest wait of a vote until it is decided", duration(plan.longestWaitSeconds)],
    ["from the closing to the last count", duration(plan.drainSeconds)],
    ["most votes waiting at once", grouped(outcome.mostWaiting)],
    ["most voters who must try again at once", grouped(outcome.mostOutside)],
    ["counted", grouped(outcome.counted)],
  ];
  return `Votes a second: ${figure(plan.averageRate)} on average, ${figure(plan.peakRate)} in the busiest second.

Set in config/<stage>.json (the rest follows, infra/capacity.ts):
  ${JSON.stringify(plan.settings)}

${asked === "" ? "Nothing to ask AWS for: an account has enough." : `Ask AWS, weeks before:${asked}`}

Quotas as known in November 2026, not checked online; Service Quotas shows what an account really has:
${quotasTable(plan).join("\n")}

The day, simulated second by second:
${dayPlots(plan.day)}
${layOut(rows, [{}, right])}
Assumed: a validation takes as long as infra/capacity.ts says, and a shard of the stream is counted at ${grouped(COUNTED_PER_SHARD)} votes/s.

Price in US dollars:
${pricesTable(plan)}
CloudFront and its firewall are cheapest by ${plan.edge.name}, ${dollars(plan.edge.dollars)} for the month (npm run cost compares).
A vote writes ${plan.writeUnitsPerVote.toFixed(2)} units: its ballot, its share of the rows that its batch adds to, and ${plan.publishedUnitsPerVote.toFixed(3)} for showing counts in steps while somebody watches.
By ${grouped(use.votes)} votes that npm run cost metered on ${use.measuredOn}; prices of ${PRICE_LIST.asOf}, ${PRICE_LIST.region};
${PRICE_LIST.checked}; ${PRICE_LIST.terms}. The monthly cost of a stage comes on top (docs/deploy.md).

${checks.map((one) => `The simulation against a measured run (${one.run}):\n${checkTable(one.comparisons)}`).join("\n")}`;
}

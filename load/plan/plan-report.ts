import { layOut } from "#admin/terminal/text-table.ts";
import { PRICE_LIST } from "#infra/prices.ts";
import { dollars } from "#load/cost/cost-report.ts";
import type { MeasuredUse } from "#load/cost/measured-use.ts";
import { COUNTED_PER_SHARD, type ElectionPlan } from "#load/plan/election-plan.ts";
import { falls, type Quota } from "#load/plan/quotas.ts";
import { agrees, type Comparison } from "#load/plan/self-check.ts";
import { condense, svgChart, terminalPlot } from "#load/shared/plot.ts";
import { grouped } from "#load/shared/report.ts";

/** What `npm run plan` says. */

const right = { align: "right" } as const;
const PLOT_COLUMNS = 700;

function figure(value: number): string {
  return value >= 10 ? grouped(Math.ceil(value)) : value.toLocaleString("en", { maximumFractionDigits: 1 });
}

/** Seconds as people say them. */
export function duration(seconds: number): string {
  if (seconds < 1) return "less than a second";
  if (seconds < 120) return `${Math.round(seconds)} s`;
  return seconds < 7200 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`;
}

/** What becomes of a need that is not met. */
const REMEDIES = { ask: "ask AWS", set: "set it", wait: "votes wait" } as const;

function quotaRow(quota: Quota): readonly string[] {
  const { name, needs, gives, unit, note = "", remedy } = quota;
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

function series(plan: ElectionPlan) {
  const { moments } = plan.day;
  return {
    arrived: { name: "voters coming", values: moments.map(({ arrived }) => arrived), unit: "/s" },
    waiting: { name: "votes waiting in the queue", values: moments.map(({ waiting }) => waiting), unit: "votes" },
    outside: {
      name: "voters turned away who try again",
      values: moments.map(({ outside }) => outside),
      unit: "voters",
    },
  };
}

/** The day as one SVG picture of two charts. */
export function planPicture(plan: ElectionPlan, hours: number): string {
  const { arrived, waiting } = series(plan);
  const span = { from: "opening", to: `${hours} h, and the rest of the queue` };
  const thinned = (one: typeof arrived) => ({ ...one, values: condense(one.values, PLOT_COLUMNS) });
  const charts = [
    svgChart({ title: "Voters coming", series: [thinned(arrived)], ...span }),
    svgChart({ title: "Votes waiting in the queue", series: [thinned(waiting)], ...span }),
  ];
  const height = 230;
  const placed = charts.map((chart, index) => chart.replace("<svg ", `<svg y="${index * height}" height="${height}" `));
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 760 ${charts.length * height}">\n${placed.join("\n")}\n</svg>\n`;
}

/** A measured run, what it was in a few words, and how it compares with its own simulation. */
export type Check = Readonly<{ run: string; comparisons: readonly Comparison[] }>;

/** The report. */
export function planReport(plan: ElectionPlan, use: MeasuredUse, checks: readonly Check[]): string {
  const { outcome } = plan.day;
  const { arrived, waiting, outside } = series(plan);
  return [
    `Votes a second: ${figure(plan.averageRate)} on average, ${figure(plan.peakRate)} in the busiest second.`,
    "",
    "Set in config/<stage>.json (the rest follows, infra/capacity.ts):",
    `  ${JSON.stringify(plan.settings)}`,
    "",
    plan.requests.length === 0 ? "Nothing to ask AWS for: an account has enough." : "Ask AWS, weeks before:",
    ...plan.requests.map((request) => `  - ${request}`),
    "",
    "Quotas as known in November 2026, not checked online; Service Quotas shows what an account really has:",
    ...quotasTable(plan),
    "",
    "The day, simulated second by second:",
    terminalPlot(arrived),
    terminalPlot(waiting),
    ...(outcome.mostOutside > 0 ? [terminalPlot(outside)] : []),
    layOut(
      [
        ["longest wait of a vote until it is decided", duration(plan.longestWaitSeconds)],
        ["from the closing to the last count", duration(plan.drainSeconds)],
        ["most votes waiting at once", grouped(outcome.mostWaiting)],
        ["most voters who must try again at once", grouped(outcome.mostOutside)],
        ["counted", grouped(outcome.counted)],
      ],
      [{}, right],
    ),
    `Assumed: a validation takes as long as infra/capacity.ts says, and a shard of the stream is counted at ${grouped(COUNTED_PER_SHARD)} votes/s.`,
    "",
    "Price in US dollars:",
    pricesTable(plan),
    `A vote writes ${plan.writeUnitsPerVote.toFixed(2)} units: its ballot, and its share of the rows that its batch adds to.`,
    `By ${grouped(use.votes)} votes that npm run cost metered on ${use.measuredOn}; prices of ${PRICE_LIST.asOf}, ${PRICE_LIST.region};`,
    `${PRICE_LIST.checked}; ${PRICE_LIST.terms}. What a stage costs by the month is beside it (docs/deploy.md).`,
    "",
    ...checks.flatMap(({ run, comparisons }) => [
      `The simulation against a measured run (${run}):`,
      checkTable(comparisons),
    ]),
  ].join("\n");
}

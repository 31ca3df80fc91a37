import type { CostPerVote, GrowthRun } from "#load/growth/growth-run.ts";
import { drawPicture } from "#load/shared/chart.ts";
import { grouped } from "#load/shared/report.ts";

const CHARTS: readonly Readonly<{ cost: keyof CostPerVote; title: string; unit: string }>[] = [
  { cost: "writeUnits", title: "DynamoDB writes per vote", unit: "units" },
  { cost: "readUnits", title: "DynamoDB reads per vote", unit: "units" },
  { cost: "queueRequests", title: "SQS per vote", unit: "requests" },
  { cost: "invocations", title: "Lambda per vote", unit: "invocations" },
  { cost: "functionCpuMs", title: "CPU of the functions per vote", unit: "ms" },
];

/** Cost per vote against the number of votes: a chart for each kind of cost, a line for each number of regions. */
export function growthPicture(runs: readonly GrowthRun[]): string {
  const byRegions = [...Map.groupBy(runs, ({ regions }) => regions)].sort(([one], [other]) => one - other);
  const sizes = [...new Set(runs.map(({ votes }) => votes))].sort((one, other) => one - other);
  const charts = CHARTS.map(({ cost, title, unit }) => ({
    title,
    unit,
    along: "votes",
    logarithmicAt: sizes,
    lines: byRegions.map(([regions, those]) => ({
      name: `${grouped(regions)} ${regions === 1 ? "region" : "regions"}`,
      points: those.flatMap(({ votes, perVote }) => (perVote[cost] === null ? [] : [{ x: votes, y: perVote[cost] }])),
    })),
  }));
  return drawPicture(charts, 2);
}

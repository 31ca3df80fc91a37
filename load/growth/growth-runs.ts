import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import * as z from "zod";
import { drawPicture } from "#load/shared/chart.ts";
import { grouped } from "#load/shared/report.ts";

/** The cost of a vote in each run of `npm run growth`, kept so that runs of different sizes can be made on different days. */

const FILE = fileURLToPath(new URL("runs.json", import.meta.url));

const amount = z.number().nonnegative();

export const CostPerVote = z.strictObject({
  readUnits: amount,
  writeUnits: amount,
  queueRequests: amount,
  invocations: amount,
  /** CPU of the functions' processes, in milliseconds; null where the system does not report it. */
  functionCpuMs: amount.nullable(),
});
export type CostPerVote = Readonly<z.infer<typeof CostPerVote>>;

export const GrowthRun = z.strictObject({
  votes: z.number().int().positive(),
  regions: z.number().int().positive(),
  measuredOn: z.iso.date(),
  perVote: CostPerVote,
});
export type GrowthRun = Readonly<z.infer<typeof GrowthRun>>;

export async function keepGrowthRun(run: GrowthRun): Promise<readonly GrowthRun[]> {
  const kept = z.array(GrowthRun).parse(JSON.parse(await readFile(FILE, "utf8")));
  const others = kept.filter(({ votes, regions }) => votes !== run.votes || regions !== run.regions);
  const runs = [...others, run].sort((one, other) => one.regions - other.regions || one.votes - other.votes);
  await writeFile(FILE, `${JSON.stringify(runs, null, 2)}\n`);
  return runs;
}

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

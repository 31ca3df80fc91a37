import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import * as z from "zod";

/** What runs of `npm run growth` found one vote to cost, kept so that runs of different sizes can be made on different days. */

const FILE = fileURLToPath(new URL("runs.json", import.meta.url));

const amount = z.number().nonnegative();

/** Of one vote, on average over the run. */
export const CostPerVote = z.strictObject({
  readUnits: amount,
  writeUnits: amount,
  queueRequests: amount,
  invocations: amount,
  /** CPU of the functions' own processes, in milliseconds; null where the system does not tell it. */
  functionCpuMs: amount.nullable(),
});
export type CostPerVote = Readonly<z.infer<typeof CostPerVote>>;

export const GrowthRun = z.strictObject({
  votes: z.number().int().positive(),
  regions: z.number().int().positive(),
  /** The day of the run. */
  measuredOn: z.iso.date(),
  perVote: CostPerVote,
});
export type GrowthRun = Readonly<z.infer<typeof GrowthRun>>;

/** All runs kept, by regions, then votes. */
export async function readGrowthRuns(): Promise<readonly GrowthRun[]> {
  const text = await readFile(FILE, "utf8").catch(() => "[]");
  return z.array(GrowthRun).parse(JSON.parse(text));
}

/** Keeps a run, in place of an earlier one of its size; gives all runs. */
export async function keepGrowthRun(run: GrowthRun): Promise<readonly GrowthRun[]> {
  const others = (await readGrowthRuns()).filter(
    ({ votes, regions }) => votes !== run.votes || regions !== run.regions,
  );
  const runs = [...others, run].sort((one, other) => one.regions - other.regions || one.votes - other.votes);
  await writeFile(FILE, `${JSON.stringify(runs, null, 2)}\n`);
  return runs;
}

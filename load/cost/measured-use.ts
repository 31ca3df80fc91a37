import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import * as z from "zod";
import type { MeteredRun } from "#load/cost/metered-run.ts";
import { PRICED } from "#load/shared/bill.ts";
import { dayOf } from "#load/shared/report.ts";

/** What one voter used in the last saved run of `npm run cost`; `npm run plan` prices elections with it. */

const FILE = fileURLToPath(new URL("measured-use.json", import.meta.url));

const amount = z.number().nonnegative();
const Usage = z.record(z.enum(PRICED), amount);

const MeasuredUse = z.strictObject({
  measuredOn: z.iso.date(),
  votes: z.number().int().positive(),
  perVote: Usage,
  perPoll: Usage,
  /** Page, vote and looks, all in. */
  perVoter: Usage,
  storedBytesPerVote: amount,
});
export type MeasuredUse = Readonly<z.infer<typeof MeasuredUse>>;

export async function readMeasuredUse(): Promise<MeasuredUse> {
  return MeasuredUse.parse(JSON.parse(await readFile(FILE, "utf8")));
}

export async function saveMeasuredUse(run: MeteredRun): Promise<void> {
  const { votes, perVote, perPoll, perVoter, storedBytesPerVote } = run;
  const measuredOn = dayOf(new Date());
  const use: MeasuredUse = { measuredOn, votes, perVote, perPoll, perVoter, storedBytesPerVote };
  await writeFile(FILE, `${JSON.stringify(use, null, 2)}\n`);
}

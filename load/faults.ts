#!/usr/bin/env node
import { progressReporter } from "#admin/progress.ts";
import { FAULTS } from "#load/faults/catalogue.ts";
import { type Fault, type FaultRun, isSurvived } from "#load/faults/fault.ts";
import { type FaultOptions, readFaultOptions } from "#load/faults/fault-options.ts";
import { outcomeLine, recordOutcome } from "#load/faults/reliability-table.ts";
import { runCommand } from "#load/loose-ends.ts";
import { seededRandom } from "#load/seeded-random.ts";

/** `npm run faults`: what a laptop can break, broken while people vote. */

/** A tenth of the voters hand in two ballots at once: 500 of 5,000. */
const DUPLICATES_SHARE = 0.1;

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Tries one fault. */
async function tryFault(fault: Fault, { votes, seed, isFull }: FaultOptions): Promise<FaultRun> {
  const progress = progressReporter(process.stdout);
  try {
    return await fault.run({
      votes,
      duplicates: Math.ceil(votes * DUPLICATES_SHARE),
      isFull,
      random: seededRandom(seed, fault.name),
      onProgress: progress.report,
    });
  } finally {
    progress.stop();
  }
}

async function main(): Promise<boolean> {
  const options = readFaultOptions(process.argv.slice(2));
  if (options === undefined) return true;
  let survived = 0;
  for (const [index, fault] of options.faults.entries()) {
    say(`${index + 1} of ${options.faults.length}, ${fault.name}: ${fault.told.replaceAll("`", "")}`);
    const run = await tryFault(fault, options);
    say(`  ${outcomeLine(run)}`);
    if (isSurvived(run)) survived++;
    if (options.isFull)
      await recordOutcome(
        fault,
        run,
        FAULTS.map(({ name }) => name),
      );
  }
  const { length } = options.faults;
  say(
    survived === length
      ? `All ${length} survived: nothing lost, nothing counted twice, every voter told the truth.`
      : `${length - survived} of ${length} were NOT survived, or did not come about.`,
  );
  return survived === length;
}

await runCommand(main);

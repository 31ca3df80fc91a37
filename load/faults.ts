#!/usr/bin/env node
import { progressReporter } from "#admin/progress.ts";
import { FAULTS } from "#load/faults/catalogue.ts";
import { type Fault, type FaultRun, isSurvived } from "#load/faults/fault.ts";
import { type FaultOptions, readFaultOptions } from "#load/faults/fault-options.ts";
import { outcomeLine, recordModel, recordOutcome } from "#load/faults/reliability-table.ts";
import { runCommand } from "#load/loose-ends.ts";
import { explore } from "#load/model/explore.ts";
import { LARGE_WORLDS, SMALL_WORLDS } from "#load/model/worlds.ts";
import { grouped } from "#load/report.ts";
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

/** Explores every world of the model. Answers whether the promise holds in all of them. */
async function exploreWorlds(): Promise<boolean> {
  const explorations = [...SMALL_WORLDS, ...LARGE_WORLDS].map((world) => {
    const exploration = explore(world);
    const { states, broken } = exploration;
    say(`model, ${world.name}: ${grouped(states)} states, ${broken?.promise ?? "the promise is kept in all"}`);
    return { world: world.name, exploration };
  });
  await recordModel(explorations);
  return explorations.every(({ exploration }) => exploration.broken === undefined);
}

async function main(): Promise<boolean> {
  const options = readFaultOptions(process.argv.slice(2));
  if (options === undefined) return true;
  const isModelSound = !options.withModel || (await exploreWorlds());
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
  if (length === 0) return isModelSound;
  say(
    survived === length
      ? `All ${length} survived: nothing lost, nothing counted twice, every voter told the truth.`
      : `${length - survived} of ${length} were NOT survived, or did not come about.`,
  );
  return isModelSound && survived === length;
}

await runCommand(main);

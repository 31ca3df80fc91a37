#!/usr/bin/env node
import { progressReporter } from "#admin/terminal/progress.ts";
import { FAULTS } from "#load/faults/catalogue.ts";
import { type Fault, isSurvived } from "#load/faults/fault.ts";
import { type FaultOptions, readFaultOptions } from "#load/faults/fault-options.ts";
import { type Laptop, onSharedLaptop } from "#load/faults/laptop.ts";
import { outcomeLine, recordModel, recordOutcome, type Tried } from "#load/faults/reliability-table.ts";
import { explore } from "#load/model/explore.ts";
import { LARGE_WORLDS, SMALL_WORLDS } from "#load/model/worlds.ts";
import { grouped, say } from "#load/shared/report.ts";
import { seededRandom } from "#load/shared/seeded-random.ts";
import { runCommand } from "#local/loose-ends.ts";

/** `npm run faults`: breaks what can break on a laptop, while people vote. */

/** A tenth of the voters hand in two ballots at once: 500 of 5,000. */
const DUPLICATES_SHARE = 0.1;
const NAMES = FAULTS.map(({ name }) => name);

async function tryFault(fault: Fault, { votes, seed, isFull }: FaultOptions, laptop?: Laptop): Promise<Tried> {
  const progress = progressReporter(process.stdout);
  const beganMs = performance.now();
  progress.report({ step: "starting", done: 0, total: 1 });
  const duplicates = Math.ceil(votes * DUPLICATES_SHARE);
  const random = seededRandom(seed, fault.name);
  const trial = { votes, duplicates, isFull, random, onProgress: progress.report };
  try {
    const run = await fault.run(laptop === undefined ? trial : { ...trial, laptop });
    return { run, tookMs: performance.now() - beganMs };
  } finally {
    progress.stop();
  }
}

/** Explores every world of the model. Returns whether the promise holds in all of them. */
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

async function tryFaults(options: FaultOptions, laptop?: Laptop): Promise<number> {
  let survived = 0;
  for (const [index, fault] of options.faults.entries()) {
    say(`${index + 1} of ${options.faults.length}, ${fault.name}: ${fault.told.replaceAll("`", "")}`);
    const tried = await tryFault(fault, options, laptop);
    say(`  ${outcomeLine(tried)}`);
    if (isSurvived(tried.run)) survived++;
    if (options.isFull) await recordOutcome(fault, tried, NAMES);
  }
  return survived;
}

async function main(): Promise<boolean> {
  const options = readFaultOptions(process.argv.slice(2));
  if (options === undefined) return true;
  const beganMs = performance.now();
  const isModelSound = !options.withModel || (await exploreWorlds());
  const { length } = options.faults;
  if (length === 0) return isModelSound;
  const survived = options.isShort
    ? await onSharedLaptop((laptop) => tryFaults(options, laptop))
    : await tryFaults(options);
  const minutes = ((performance.now() - beganMs) / 60_000).toFixed(1);
  say(
    survived === length
      ? `All ${length} survived: nothing lost, nothing counted twice, every voter told the truth (${minutes} min).`
      : `${length - survived} of ${length} were NOT survived, or did not come about (${minutes} min).`,
  );
  return isModelSound && survived === length;
}

await runCommand(main);

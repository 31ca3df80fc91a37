#!/usr/bin/env node
import { progressReporter } from "#admin/terminal/progress.ts";
import { layOut } from "#admin/terminal/text-table.ts";
import { isRepelled } from "#load/attack/attack.ts";
import { type AttackOptions, readAttackOptions } from "#load/attack/attack-options.ts";
import { recordAttacks, type Tried, verdict } from "#load/attack/attacks-table.ts";
import { ATTACKS } from "#load/attack/catalogue.ts";
import { grouped, say } from "#load/shared/report.ts";
import { startSystem } from "#load/shared/running-system.ts";
import { seededRandom } from "#load/shared/seeded-random.ts";
import { runCommand } from "#local/loose-ends.ts";

/** `npm run attack`: what attackers try, tried. */

async function tryAttacks({ attacks, seed, isFull }: AttackOptions): Promise<readonly Tried[]> {
  say("Starting a system.");
  await using system = await startSystem();
  const tried: Tried[] = [];
  for (const [index, attack] of attacks.entries()) {
    say(`${index + 1} of ${attacks.length}, ${attack.name}: ${attack.told}`);
    const progress = progressReporter(process.stdout);
    try {
      const random = seededRandom(seed, attack.name);
      const outcome = await attack.run({ system, isFull, random, onProgress: progress.report });
      tried.push({ attack, outcome });
    } finally {
      progress.stop();
    }
  }
  return tried;
}

async function main(): Promise<boolean> {
  const options = readAttackOptions(process.argv.slice(2));
  if (options === undefined) return true;
  const tried = await tryAttacks(options);
  const rows = tried.map(({ attack, outcome }) => [
    attack.name,
    attack.attacker,
    grouped(outcome.tried),
    verdict(outcome),
    outcome.learnt,
  ]);
  say(
    layOut(
      [["attack", "attacker", "tried", "verdict", "learnt or changed"], ...rows],
      [{}, {}, { align: "right" }, {}, {}],
    ),
  );
  if (options.isFull && options.attacks.length === ATTACKS.length) await recordAttacks(tried);
  const repelled = tried.filter(({ outcome }) => isRepelled(outcome)).length;
  say(`${repelled} of ${tried.length} attacks repelled.`);
  return repelled === tried.length;
}

await runCommand(main);

import { Command } from "commander";
import { EnglishRefusal } from "#core/english-refusal.ts";
import type { Attack } from "#load/attack/attack.ts";
import { ATTACKS } from "#load/attack/catalogue.ts";
import { readArguments, wholeNumber } from "#load/shared/arguments.ts";

export type AttackOptions = Readonly<{ attacks: readonly Attack[]; seed: number; isFull: boolean }>;

type Given = { seed: number; only: readonly string[]; short?: true; list?: true };

/** Undefined when it was asked for help or list, and printed them. Throws Refusal on bad arguments. */
export function readAttackOptions(args: readonly string[]): AttackOptions | undefined {
  const command = new Command("npm run attack --")
    .description(
      "Attacks a system that it starts, as outsiders, voters, thieves of a function's role and dishonest officers would, and tells what each attack learnt or changed. " +
        "A run of all attacks at full size is written to docs/attacks.md. The exit code is 1 when one succeeded.",
    )
    .option("--only <name...>", "these attacks and no others", [])
    .option("--short", "what npm test plays: each attack a few times, in seconds, without those that take longer")
    .option("--list", "tell the attacks by name, and try none")
    .option("--seed <number>", "decides who votes what, and in which order", wholeNumber(0, 2 ** 31), 1);
  const given = readArguments<Given>(command, args);
  if (given === undefined) return undefined;
  if (given.list === true) {
    for (const { name, told } of ATTACKS) process.stdout.write(`${name.padEnd(24)}${told}\n`);
    return undefined;
  }
  const { only, seed, short } = given;
  const unknown = only.find((name) => !ATTACKS.some((attack) => attack.name === name));
  if (unknown !== undefined) {
    throw new EnglishRefusal(`There is no attack called ${unknown}; npm run attack -- --list tells them.`);
  }
  const isFull = short !== true;
  const attacks = ATTACKS.filter(({ name, isShort }) => (only.length === 0 ? isFull || isShort : only.includes(name)));
  return { attacks, seed, isFull };
}

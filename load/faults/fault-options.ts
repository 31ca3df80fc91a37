import { Command } from "commander";
import { EnglishRefusal } from "#core/english-refusal.ts";
import { FAULTS } from "#load/faults/catalogue.ts";
import type { Fault } from "#load/faults/fault.ts";
import { readArguments, wholeNumber } from "#load/shared/arguments.ts";

export type FaultOptions = Readonly<{
  votes: number;
  seed: number;
  faults: readonly Fault[];
  isFull: boolean;
  isShort: boolean;
  withModel: boolean;
}>;

const FULL_VOTES = 5_000;
const SHORT_VOTES = 300;
const MODEL = "model";

type Given = { votes?: number; seed: number; only: readonly string[]; short?: true; list?: true };

function chosen({ only, short }: Given): readonly Fault[] {
  const unknown = only.find((name) => name !== MODEL && !FAULTS.some((fault) => fault.name === name));
  if (unknown !== undefined)
    throw new EnglishRefusal(`There is no fault called ${unknown}; npm run faults -- --list lists them.`);
  return FAULTS.filter(({ name, isShort }) => (only.length > 0 ? only.includes(name) : short !== true || isShort));
}

/** Undefined when help or the list was asked for, and printed. Throws Refusal on bad arguments. */
export function readFaultOptions(args: readonly string[]): FaultOptions | undefined {
  const command = new Command("npm run faults --")
    .description(
      "Breaks one thing after another while people vote, each on its own system, and says whether every accepted ballot was counted once and every voter was told the truth. " +
        `Faults tried with ${FULL_VOTES.toLocaleString("en")} votes or more are written to docs/reliability.md.`,
    )
    .option("--only <name...>", "only these faults; `model` for the model", [])
    .option("--short", `a few faults of a few seconds on one system, with ${SHORT_VOTES} votes each`)
    .option("--list", "list the faults, and try none")
    .option("--votes <number>", `voters for each fault, ${FULL_VOTES} by default`, wholeNumber(10, 100_000))
    .option("--seed <number>", "decides choices, order, and which calls and moments fail", wholeNumber(0, 2 ** 31), 1);
  const given = readArguments<Given>(command, args);
  if (given === undefined) return undefined;
  if (given.list === true) {
    for (const { name, told } of FAULTS) process.stdout.write(`${name.padEnd(24)}${told}\n`);
    return undefined;
  }
  const isShort = given.short === true && given.only.length === 0;
  const votes = given.votes ?? (given.short === true ? SHORT_VOTES : FULL_VOTES);
  return {
    votes,
    seed: given.seed,
    faults: chosen(given),
    isFull: votes >= FULL_VOTES && !isShort,
    isShort,
    withModel: given.only.length === 0 ? given.short !== true : given.only.includes(MODEL),
  };
}

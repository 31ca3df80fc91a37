import { readFile, writeFile } from "node:fs/promises";
import { type Fault, type FaultRun, isSurvived } from "#load/faults/fault.ts";
import { sectionOf, withSection } from "#load/faults/marked-section.ts";
import type { Exploration } from "#load/model/explore.ts";
import { grouped } from "#load/report.ts";

/** The table of docs/reliability.md, a row for each fault as it was last tried at full size. */

const FILE = new URL("../../docs/reliability.md", import.meta.url);
const FAULTS_MARKS = { begin: "<!-- faults: written by npm run faults -->", end: "<!-- end of faults -->" } as const;
const MODEL_MARKS = { begin: "<!-- model: written by npm run faults -->", end: "<!-- end of model -->" } as const;
const HEAD = [
  "| fault | what was done | what came of it | voters | posts | of them told to try again | counted | lost | counted twice | untrue statuses | outcome |",
  "|---|---|---|---|---|---|---|---|---|---|---|",
] as const;

/** A run in one line, for the terminal. */
export function outcomeLine(run: FaultRun): string {
  const { account, untrueStatuses, happened } = run;
  const { voters, sent, unanswered, counted, lost, countedTwice } = account;
  const figures =
    `${grouped(voters)} voters, ${grouped(sent)} posts (${grouped(unanswered)} told to try again), ` +
    `${grouped(counted)} counted, ${lost} lost, ${countedTwice} counted twice, ${untrueStatuses} untrue statuses`;
  return `${isSurvived(run) ? "survived" : "NOT SURVIVED"}: ${happened}; ${figures}`;
}

function rowOf({ name, told }: Fault, run: FaultRun): string {
  const { account, untrueStatuses, happened } = run;
  const { voters, sent, unanswered, counted, lost, countedTwice } = account;
  const figures = [voters, sent, unanswered, counted, lost, countedTwice, untrueStatuses].map(grouped);
  const cells = [`\`${name}\``, told, happened, ...figures, isSurvived(run) ? "survived" : "**not survived**"];
  return `| ${cells.join(" | ")} |`;
}

/**
 * The text with the fault's row in it: in the place of its last one, or below the others.
 * @param text with the two marks between which the table stands
 * @param order names of the faults, in the order of the table
 */
export function withRow(text: string, fault: Fault, run: FaultRun, order: readonly string[]): string {
  const nameOf = (row: string): string => /^\| `([^`]+)`/.exec(row)?.[1] ?? "";
  const kept = sectionOf(text, FAULTS_MARKS)
    .split("\n")
    .filter((row) => order.includes(nameOf(row)) && nameOf(row) !== fault.name);
  const rows = [...kept, rowOf(fault, run)].sort((a, b) => order.indexOf(nameOf(a)) - order.indexOf(nameOf(b)));
  return withSection(text, FAULTS_MARKS, [...HEAD, ...rows].join("\n"));
}

/** Writes the outcome of a fault down. */
export async function recordOutcome(fault: Fault, run: FaultRun, order: readonly string[]): Promise<void> {
  await writeFile(FILE, withRow(await readFile(FILE, "utf8"), fault, run, order));
}

/** Writes what the model showed down, world by world. */
export async function recordModel(
  explorations: readonly Readonly<{ world: string; exploration: Exploration }>[],
): Promise<void> {
  const rows = explorations.map(
    ({ world, exploration: { states, settled, broken } }) =>
      `| ${world} | ${grouped(states)} | ${grouped(settled)} | ${broken === undefined ? "kept in all" : `**${broken.promise}**`} |`,
  );
  const table = ["| world | states | of them with nothing left to do | promise |", "|---|---|---|---|", ...rows];
  await writeFile(FILE, withSection(await readFile(FILE, "utf8"), MODEL_MARKS, table.join("\n")));
}

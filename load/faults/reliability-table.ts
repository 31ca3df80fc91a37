import { readFile, writeFile } from "node:fs/promises";
import { type Fault, type FaultRun, isSurvived } from "#load/faults/fault.ts";
import type { Exploration } from "#load/model/explore.ts";
import { grouped } from "#load/shared/report.ts";

/** The table of docs/reliability.md, a row for each fault as it was last tried at full size. */

const FILE = new URL("../../docs/reliability.md", import.meta.url);
const FAULTS_MARKS = { begin: "<!-- faults: written by npm run faults -->", end: "<!-- end of faults -->" } as const;
const MODEL_MARKS = { begin: "<!-- model: written by npm run faults -->", end: "<!-- end of model -->" } as const;
const HEAD = [
  "| fault | what was done | how often | voters | second ballots told `duplicate` | posts failed and repeated | counted | lost | counted twice | untrue statuses | took | outcome |",
  "|---|---|---|---|---|---|---|---|---|---|---|---|",
] as const;

type Marks = Readonly<{ begin: string; end: string }>;

/** What precedes the marked section, the section, and what follows. Throws RangeError when a mark is missing. */
function splitAt(text: string, { begin, end }: Marks): readonly [before: string, section: string, after: string] {
  const [from, to] = [text.indexOf(begin) + begin.length, text.indexOf(end)];
  if (!text.includes(begin) || to < from) throw new RangeError(`the page lacks its marks ${begin} and ${end}`);
  return [text.slice(0, from), text.slice(from, to).trim(), text.slice(to)];
}

function withSection(text: string, marks: Marks, section: string): string {
  const [before, , after] = splitAt(text, marks);
  return `${before}\n${section}\n${after}`;
}

/** A run in one line, for the terminal. */
export function outcomeLine(run: FaultRun, tookMs: number): string {
  const { account, untrueStatuses, happened, toldDuplicate, gaveUp } = run;
  const { voters, unanswered, counted, lost, countedTwice } = account;
  const figures =
    `${grouped(voters)} voters, ${grouped(toldDuplicate)} second ballots told duplicate, ` +
    `${grouped(unanswered)} posts failed and repeated, ${gaveUp === 0 ? "" : `${grouped(gaveUp)} never received, `}` +
    `${grouped(counted)} counted, ${lost} lost, ${countedTwice} counted twice, ${untrueStatuses} untrue statuses`;
  return `${isSurvived(run) ? "survived" : "NOT SURVIVED"}: ${happened}; ${figures}; ${seconds(tookMs)} s`;
}

function seconds(tookMs: number): string {
  return grouped(Math.ceil(tookMs / 1000));
}

function rowOf({ name, told }: Fault, run: FaultRun, tookMs: number): string {
  const { account, untrueStatuses, happened, toldDuplicate } = run;
  const { voters, unanswered, counted, lost, countedTwice } = account;
  const figures = [voters, toldDuplicate, unanswered, counted, lost, countedTwice, untrueStatuses].map(grouped);
  const took = `${seconds(tookMs)} s`;
  const cells = [`\`${name}\``, told, happened, ...figures, took, isSurvived(run) ? "survived" : "**not survived**"];
  return `| ${cells.join(" | ")} |`;
}

/** What all rows say together. */
function sumLine(rows: readonly string[], faults: number): string {
  const tookSeconds = rows.map((row) => Number(/ ([\d,]+) s \| [^|]+ \|$/.exec(row)?.[1]?.replaceAll(",", "") ?? 0));
  const minutes = tookSeconds.reduce((sum, took) => sum + took, 0) / 60;
  return `${rows.length} of ${faults} faults tried, in ${grouped(minutes)} minutes together.`;
}

/**
 * The text with the fault's row in it: in the place of its last one, or below the others.
 * @param text with the two marks between which the table stands
 * @param order names of the faults, in the order of the table
 */
export function withRow(
  text: string,
  fault: Fault,
  { run, tookMs }: Readonly<{ run: FaultRun; tookMs: number }>,
  order: readonly string[],
): string {
  const nameOf = (row: string): string => /^\| `([^`]+)`/.exec(row)?.[1] ?? "";
  const [, section] = splitAt(text, FAULTS_MARKS);
  const kept = section.split("\n").filter((row) => order.includes(nameOf(row)) && nameOf(row) !== fault.name);
  const rows = [...kept, rowOf(fault, run, tookMs)].sort((a, b) => order.indexOf(nameOf(a)) - order.indexOf(nameOf(b)));
  return withSection(text, FAULTS_MARKS, [...HEAD, ...rows, "", sumLine(rows, order.length)].join("\n"));
}

/** Writes the outcome of a fault down. */
export async function recordOutcome(
  fault: Fault,
  tried: Readonly<{ run: FaultRun; tookMs: number }>,
  order: readonly string[],
): Promise<void> {
  await writeFile(FILE, withRow(await readFile(FILE, "utf8"), fault, tried, order));
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

import { readFile, writeFile } from "node:fs/promises";
import { type Fault, type FaultRun, isSurvived } from "#load/faults/fault.ts";
import type { Exploration } from "#load/model/explore.ts";
import { replaceBetween } from "#load/shared/marked-section.ts";
import { grouped } from "#load/shared/report.ts";

/** The table of docs/reliability.md, a row for each fault as it was last tried at full size. */

const FILE = new URL("../../docs/reliability.md", import.meta.url);
const FAULTS_MARKS = { begin: "<!-- faults: written by npm run faults -->", end: "<!-- end of faults -->" } as const;
const MODEL_MARKS = { begin: "<!-- model: written by npm run faults -->", end: "<!-- end of model -->" } as const;
const HEAD = [
  "| fault | what was done | how often | voters | second ballots told `duplicate` | posts failed and repeated | counted | lost | counted twice | untrue statuses | took | outcome |",
  "|---|---|---|---|---|---|---|---|---|---|---|---|",
] as const;

export type Tried = Readonly<{ run: FaultRun; tookMs: number }>;

function seconds(tookMs: number): string {
  return grouped(Math.ceil(tookMs / 1000));
}

export function outcomeLine({ run, tookMs }: Tried): string {
  const { account, untrueStatuses, happened, toldDuplicate, gaveUp } = run;
  const { voters, unanswered, counted, lost, countedTwice } = account;
  const figures =
    `${grouped(voters)} voters, ${grouped(toldDuplicate)} second ballots told duplicate, ` +
    `${grouped(unanswered)} posts failed and repeated, ${gaveUp === 0 ? "" : `${grouped(gaveUp)} never received, `}` +
    `${grouped(counted)} counted, ${lost} lost, ${countedTwice} counted twice, ${untrueStatuses} untrue statuses`;
  return `${isSurvived(run) ? "survived" : "NOT SURVIVED"}: ${happened}; ${figures}; ${seconds(tookMs)} s`;
}

function rowOf({ name, told }: Fault, { run, tookMs }: Tried): string {
  const { account, untrueStatuses, happened, toldDuplicate } = run;
  const { voters, unanswered, counted, lost, countedTwice } = account;
  const figures = [voters, toldDuplicate, unanswered, counted, lost, countedTwice, untrueStatuses].map(grouped);
  const outcome = isSurvived(run) ? "survived" : "**not survived**";
  return `| ${[`\`${name}\``, told, happened, ...figures, `${seconds(tookMs)} s`, outcome].join(" | ")} |`;
}

function sumLine(rows: readonly string[], faults: number): string {
  const tookSeconds = rows.map((row) => Number(/ ([\d,]+) s \| [^|]+ \|$/.exec(row)?.[1]?.replaceAll(",", "") ?? 0));
  const minutes = tookSeconds.reduce((sum, took) => sum + took, 0) / 60;
  return `${rows.length} of ${faults} faults tried, in ${grouped(minutes)} minutes together.`;
}

/** The page with the fault's row in place of its previous one. @param order names of the faults, in the order of the table */
export function withRow(text: string, fault: Fault, tried: Tried, order: readonly string[]): string {
  const nameOf = (row: string): string => /^\| `([^`]+)`/.exec(row)?.[1] ?? "";
  return replaceBetween(text, FAULTS_MARKS, (section) => {
    const kept = section.split("\n").filter((row) => order.includes(nameOf(row)) && nameOf(row) !== fault.name);
    const rows = [...kept, rowOf(fault, tried)].sort((a, b) => order.indexOf(nameOf(a)) - order.indexOf(nameOf(b)));
    return [...HEAD, ...rows, "", sumLine(rows, order.length)];
  });
}

export async function recordOutcome(fault: Fault, tried: Tried, order: readonly string[]): Promise<void> {
  await writeFile(FILE, withRow(await readFile(FILE, "utf8"), fault, tried, order));
}

export async function recordModel(
  explorations: readonly Readonly<{ world: string; exploration: Exploration }>[],
): Promise<void> {
  const rows = explorations.map(
    ({ world, exploration: { states, settled, broken } }) =>
      `| ${world} | ${grouped(states)} | ${grouped(settled)} | ${broken === undefined ? "kept in all" : `**${broken.promise}**`} |`,
  );
  const table = ["| world | states | of them with nothing left to do | promise |", "|---|---|---|---|", ...rows];
  await writeFile(
    FILE,
    replaceBetween(await readFile(FILE, "utf8"), MODEL_MARKS, () => table),
  );
}

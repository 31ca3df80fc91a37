import { describeNewest } from "#admin/commands/election-report.ts";
import type { RollStatement } from "#admin/elections/opening.ts";
import type { ImportSummary } from "#admin/roll/import.ts";
import type { ImportPlan, Pace } from "#admin/roll/import-check.ts";
import { grouped } from "#admin/shared/grouped.ts";

/** Reports of an import, before and after it is written. */

/** "2 rows name a voter whom an earlier line names: lines 5, 9". */
function describeRepeated({ repeated, repeatedLines }: Pick<ImportSummary, "repeated" | "repeatedLines">): string {
  const more = repeated > repeatedLines.length ? ", …" : "";
  const rows = repeated === 1 ? "1 row names" : `${grouped(repeated)} rows name`;
  return `${rows} a voter whom an earlier line names: ${repeated === 1 ? "line" : "lines"} ${repeatedLines.join(", ")}${more}`;
}

/** "1 row has a code that was replaced or struck off since, and changes nothing: line 5". */
function describeStruck({ struck, struckLines }: Pick<ImportSummary, "struck" | "struckLines">): string {
  const more = struck > struckLines.length ? ", …" : "";
  const rows = struck === 1 ? "1 row has a code" : `${grouped(struck)} rows have codes`;
  return `${rows} that officers struck off since, and which stays so: ${struck === 1 ? "line" : "lines"} ${struckLines.join(", ")}${more}`;
}

function describePace(doing: string, { rows, seconds, threads }: Pace): string {
  const rate = grouped(Math.round(rows / Math.max(seconds, 0.001)));
  return `${doing} ${grouped(rows)} rows in ${seconds.toFixed(1)} s, ${rate} a second (${threads} hashing)`;
}

/** The total and the first rows, masked. */
export function describePlan(plan: ImportPlan): string {
  return [
    ...(plan.resumedAtLine === undefined ? [] : [`resuming at line ${grouped(plan.resumedAtLine)}`]),
    `${grouped(plan.totalRows)} rows, the first of them:`,
    ...plan.first.map(({ line, shown, regionId }) => `  line ${line}: ${shown}, region ${regionId}`),
    ...(plan.repeated > 0 ? [describeRepeated(plan)] : []),
    ...(plan.struck > 0 ? [describeStruck(plan)] : []),
    ...(plan.checking === undefined ? [] : [describePace("checked", plan.checking)]),
  ].join("\n");
}

/** What an import did. */
export function describeImport(summary: ImportSummary): string {
  return [
    `imported ${summary.imported}, already there ${summary.alreadyThere}`,
    ...(summary.repeated > 0 ? [describeRepeated(summary)] : []),
    ...(summary.struck > 0 ? [describeStruck(summary)] : []),
    describePace("processed", summary.importing),
    ...(summary.newest === undefined ? [] : [describeNewest(summary.newest)]),
  ].join("\n");
}

const STATED: Readonly<Record<RollStatement["outcome"], string>> = {
  "not-opened": "the opening is not stated yet, so nothing was signed",
  "roll-changed": "signed the roll as it is now",
  "late-roll": "signed the roll as it is now, after closing: scrutin verify will say so",
  unchanged: "the roll is the one last stated",
};

/** What stating a roll did, and the imports given up. */
export function describeStatement(electionId: string, { outcome, newest, ended }: RollStatement): string {
  return [
    `election ${electionId}: ${STATED[outcome]}`,
    ...(newest === undefined ? [] : [describeNewest(newest)]),
    ...ended.map((mark) => `given up: ${mark}`),
  ].join("\n");
}

/** "peak memory 212 MB", of the whole process. */
export function describePeak(peakBytes: number): string {
  return `peak memory ${grouped(Math.round(peakBytes / 1e6))} MB`;
}

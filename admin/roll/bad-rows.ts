import { grouped } from "#admin/shared/grouped.ts";
import type { BadRow } from "#spreadsheet/sheet.ts";

/** "3 bad rows", then a line for each of the first. */
export function describeBadRows(bad: number, badRows: readonly BadRow[]): string {
  const lines = badRows.map(({ line, problem }) => `  line ${line}: ${problem.en}`);
  if (bad > badRows.length) lines.push(`  and ${grouped(bad - badRows.length)} more`);
  return [`${grouped(bad)} bad ${bad === 1 ? "row" : "rows"}`, ...lines].join("\n");
}

import type { Connection } from "#admin/connection/connection.ts";
import { requireElection } from "#admin/elections/registered.ts";
import { type RejectedAttempts, readRejectedAttempts } from "#admin/rejected-attempts/stored.ts";
import { writeWholeFile } from "#admin/shared/whole-file.ts";

const COLUMNS = ["voter", "reason", "attempts", "first_at", "last_at"] as const;

function lineOf({ voter, reason, trackingCodes, firstAt, lastAt }: RejectedAttempts, asCsv: boolean): string {
  const values = [voter, reason, trackingCodes.length, firstAt, lastAt];
  // No value holds a comma or a quotation mark: base64url, a word, a number, two times.
  if (asCsv) return `${values.join(",")}\n`;
  return `${JSON.stringify(Object.fromEntries(COLUMNS.map((name, index) => [name, values[index]])))}\n`;
}

/** Writes an election's rejected attempts to a file, CSV when its name ends in .csv, else NDJSON; gives the number of rows. */
export async function exportRejectedAttempts(connection: Connection, electionId: string, out: string): Promise<number> {
  await requireElection(connection, electionId);
  const asCsv = out.toLowerCase().endsWith(".csv");
  let rows = 0;
  async function* lines(): AsyncGenerator<string> {
    if (asCsv) yield `${COLUMNS.join(",")}\n`;
    for await (const row of readRejectedAttempts(connection, electionId)) {
      rows++;
      yield lineOf(row, asCsv);
    }
  }
  await writeWholeFile(out, lines());
  return rows;
}

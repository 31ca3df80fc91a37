import type { ImportCounts } from "#admin/import-journal.ts";
import { inBatches, inFlight } from "#admin/in-flight.ts";
import type { FilePlace, RollBlock } from "#admin/roll-file.ts";
import type { BadRow, GoodRow } from "#admin/roll-rows.ts";
import { MOST_READ_AT_ONCE } from "#admin/roll-table.ts";
import { voterFingerprints } from "#admin/voter-fingerprints.ts";

/** One way through the rows of a roll file: who is new, who is named twice, who is on the roll already, what is bad. */

const ROWS_TOLD = 20;
const BATCHES_IN_FLIGHT = 8;

export function noCounts(): ImportCounts {
  return { rows: 0, imported: 0, present: 0, repeated: 0, repeatedLines: [], bad: 0, badRows: [] };
}

function addBad(counts: ImportCounts, row: BadRow): void {
  counts.bad++;
  // Batches finish in any order.
  counts.badRows = [...counts.badRows, row].sort((a, b) => a.line - b.line).slice(0, ROWS_TOLD);
}

export type PassOptions = Readonly<{
  /** Rows to come, about: memory is taken for as many at once. */
  expectedRows?: number;
  /** Region by hash for those on the roll; left out when nobody can be on it yet. */
  regionsOf?: (hashes: readonly string[]) => Promise<ReadonlyMap<string, string>>;
  /** Puts voters on the roll who are not on it. */
  write?: (missing: readonly GoodRow[]) => Promise<void>;
  /** A block is done: everything before `end` is dealt with. */
  onBlock: (counts: ImportCounts, end: FilePlace) => void | Promise<void>;
}>;

/**
 * Goes through blocks and adds to `counts`. A voter named twice in one region is a repetition, in two regions the later row
 * is bad. Rejects with the first failure of `regionsOf` or `write`, once nothing is under way any more.
 */
export async function passThrough(
  blocks: AsyncIterable<RollBlock>,
  counts: ImportCounts,
  { expectedRows, regionsOf = async () => new Map(), write = async () => {}, onBlock }: PassOptions,
): Promise<void> {
  const seen = voterFingerprints(expectedRows);
  for await (const { rows, end } of blocks) {
    const distinct: GoodRow[] = [];
    for (const row of rows) {
      counts.rows++;
      const noted = "problem" in row ? "bad" : seen.note(row.hash, row.regionId);
      if ("problem" in row) addBad(counts, row);
      else if (noted === "new") distinct.push(row);
      else if (noted === "elsewhere") {
        addBad(counts, { line: row.line, problem: "an earlier line names the same voter in another region" });
      } else {
        counts.repeated++;
        if (counts.repeatedLines.length < ROWS_TOLD) counts.repeatedLines.push(row.line);
      }
    }
    await inFlight(inBatches(distinct, MOST_READ_AT_ONCE), BATCHES_IN_FLIGHT, async (batch) => {
      const regions = await regionsOf(batch.map(({ hash }) => hash));
      const missing: GoodRow[] = [];
      for (const row of batch) {
        const there = regions.get(row.hash);
        if (there === undefined) missing.push(row);
        else if (there === row.regionId) counts.present++;
        else addBad(counts, { line: row.line, problem: `this voter is already on the roll in region ${there}` });
      }
      await write(missing);
      counts.imported += missing.length;
    });
    await onBlock(counts, end);
  }
}

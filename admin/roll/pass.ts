import type { FilePlace, RollBlock } from "#admin/roll/file.ts";
import type { ImportCounts } from "#admin/roll/import-journal.ts";
import type { BadRow, GoodRow } from "#admin/roll/rows.ts";
import { MOST_READ_AT_ONCE } from "#admin/roll/table.ts";
import { inBatches, inFlight } from "#admin/shared/in-flight.ts";

/** One way through the rows of a roll file: who is new, who is on the roll already, what is bad. */

const ROWS_TOLD = 20;
const BATCHES_IN_FLIGHT = 8;

export function noCounts(): ImportCounts {
  return { rows: 0, imported: 0, present: 0, repeated: 0, repeatedLines: [], bad: 0, badRows: [] };
}

/** Counts a bad row; batches finish in any order, and the first rows are told. */
export function addBad(counts: ImportCounts, row: BadRow): void {
  counts.bad++;
  counts.badRows = [...counts.badRows, row].sort((a, b) => a.line - b.line).slice(0, ROWS_TOLD);
}

/** Counts a row that names a voter again, likewise. */
export function addRepeated(counts: ImportCounts, line: number): void {
  counts.repeated++;
  counts.repeatedLines = [...counts.repeatedLines, line].sort((a, b) => a - b).slice(0, ROWS_TOLD);
}

const ELSEWHERE = "an earlier line names the same voter in another region";
export const namedElsewhere = (line: number): BadRow => ({ line, problem: ELSEWHERE });

export type PassOptions = Readonly<{
  /** Region by hash for those on the roll; left out when nobody can be on it yet. */
  regionsOf?: (hashes: readonly string[]) => Promise<ReadonlyMap<string, string>>;
  /** Hears every row that is neither bad nor contradicts the roll, in any order. */
  onGood?: (row: GoodRow) => void;
  /** Puts voters on the roll who are not on it. */
  write?: (missing: readonly GoodRow[]) => Promise<void>;
  /** A block is done: everything before `end` is dealt with. */
  onBlock: (counts: ImportCounts, end: FilePlace) => void | Promise<void>;
}>;

/**
 * Goes through blocks and adds to `counts`. It remembers a block at most: a voter whom an earlier block names is found on the
 * roll when it is written, and by `onGood` when it is not (see repeatedVoters). Rejects with the first failure of
 * `regionsOf` or `write`, once nothing is under way any more.
 */
export async function passThrough(
  blocks: AsyncIterable<RollBlock>,
  counts: ImportCounts,
  { regionsOf = async () => new Map(), onGood, write, onBlock }: PassOptions,
): Promise<void> {
  for await (const { rows, end } of blocks) {
    // Batches of a block are under way together, so none may name a voter of another.
    const seen = new Map<string, string>();
    const distinct: GoodRow[] = [];
    for (const row of rows) {
      counts.rows++;
      if ("problem" in row) {
        addBad(counts, row);
        continue;
      }
      const there = seen.get(row.hash);
      if (there === undefined) {
        seen.set(row.hash, row.regionId);
        distinct.push(row);
      } else if (write === undefined) onGood?.(row);
      else if (there === row.regionId) counts.present++;
      else addBad(counts, namedElsewhere(row.line));
    }
    await inFlight(inBatches(distinct, MOST_READ_AT_ONCE), BATCHES_IN_FLIGHT, async (batch) => {
      const regions = await regionsOf(batch.map(({ hash }) => hash));
      const missing: GoodRow[] = [];
      for (const row of batch) {
        const there = regions.get(row.hash);
        if (there !== undefined && there !== row.regionId) {
          addBad(counts, { line: row.line, problem: `this voter is already on the roll in region ${there}` });
          continue;
        }
        onGood?.(row);
        if (there === undefined) missing.push(row);
        else counts.present++;
      }
      await write?.(missing);
      counts.imported += missing.length;
    });
    await onBlock(counts, end);
  }
}

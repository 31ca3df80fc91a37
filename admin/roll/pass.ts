import type { FilePlace, RollBlock } from "#admin/roll/file.ts";
import type { ImportCounts } from "#admin/roll/import-journal.ts";
import type { BadRow, GoodRow } from "#admin/roll/rows.ts";
import { MOST_READ_AT_ONCE } from "#admin/roll/table.ts";
import { inBatches, inFlight } from "#admin/shared/in-flight.ts";

/** One pass over the rows of a roll file: who is new, who is on the roll already, what is bad. */

const ROWS_TOLD = 20;
const BATCHES_IN_FLIGHT = 8;

export function noCounts(): ImportCounts {
  return { rows: 0, imported: 0, present: 0, repeated: 0, repeatedLines: [], bad: 0, badRows: [] };
}

/** Batches finish in any order; the first bad lines are kept. */
export function addBad(counts: ImportCounts, row: BadRow): void {
  counts.bad++;
  counts.badRows = [...counts.badRows, row].sort((a, b) => a.line - b.line).slice(0, ROWS_TOLD);
}

/** Likewise, for a row that names a voter again. */
export function addRepeated(counts: ImportCounts, line: number): void {
  counts.repeated++;
  counts.repeatedLines = [...counts.repeatedLines, line].sort((a, b) => a - b).slice(0, ROWS_TOLD);
}

const ELSEWHERE = "an earlier line names the same voter in another region";
export const namedElsewhere = (line: number): BadRow => ({ line, problem: ELSEWHERE });

export type PassOptions = Readonly<{
  /** Region by hash of those on the roll; left out when nobody can be on it yet. */
  regionsOf?: (hashes: readonly string[]) => Promise<ReadonlyMap<string, string>>;
  /** Called, in any order, for each row that is neither bad nor contradicts the roll. */
  onGood?: (row: GoodRow) => void;
  /** Puts voters on the roll who are not on it. */
  write?: (missing: readonly GoodRow[]) => Promise<void>;
  /** Everything before `end` is done. */
  onBlock: (counts: ImportCounts, end: FilePlace) => void | Promise<void>;
}>;

/**
 * Passes over blocks and adds to `counts`, remembering one block: a voter named by an earlier one is found on the roll when
 * writing, and through `onGood` (see repeatedVoters) when checking. Rejects with the first failure, once all has ended.
 */
export async function passThrough(
  blocks: AsyncIterable<RollBlock>,
  counts: ImportCounts,
  { regionsOf = async () => new Map(), onGood, write, onBlock }: PassOptions,
): Promise<void> {
  for await (const { rows, end } of blocks) {
    // A block's batches run in parallel, so none may name another's voter.
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
